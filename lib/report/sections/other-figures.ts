import type { K6Figure } from '../../core/judge/run-summary.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import { cell, countCell, heading, left, paragraph, right, shareCell, table } from '../../core/spec/document/cells.ts';
import { formatCount, formatMs, formatShare } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { OtherFiguresRow } from '../model/other-figures.ts';
import type { Report } from '../model/report.ts';

/** Checks, statuses and whatever else k6 measured: shown as it is, and judged by its thresholds alone. */
export function otherFiguresSection({ otherFigures }: Report): Block[] {
  if (otherFigures.length === 0) return [];
  return [
    heading(2, 'What else k6 measured'),
    ...otherFigures.flatMap((row) => [
      ...(otherFigures.length > 1 ? [paragraph([{ strong: row.scenario }])] : []),
      ...checkBlocks(row),
      ...statusBlocks(row),
      ...figureBlocks(row),
    ]),
  ];
}

const MOST_CHECKS = 60;

function checkBlocks({ checks }: OtherFiguresRow): Block[] {
  if (checks.length === 0) return [];
  const worstFirst = [...checks].sort((a, b) => b.fails - a.fails);
  const hasGroups = checks.some(({ group }) => group !== undefined);
  return [
    heading(3, 'Checks'),
    table(
      'Checks',
      [...left('Check', ...(hasGroups ? ['Group'] : [])), ...right('Passed', 'Failed', 'Share failed')],
      worstFirst
        .slice(0, MOST_CHECKS)
        .map(({ name, group, passes, fails }) => [
          cell(name),
          ...(hasGroups ? [cell(group ?? '')] : []),
          countCell(passes),
          countCell(fails),
          shareCell(passes + fails === 0 ? undefined : fails / (passes + fails)),
        ]),
    ),
    ...more(checks.length - MOST_CHECKS, 'check'),
  ];
}

function statusBlocks({ statuses }: OtherFiguresRow): Block[] {
  if (statuses.length === 0) return [];
  return [
    heading(3, 'Replies by status'),
    table(
      'Replies by status, as far as they were counted by it',
      [...left('Status'), ...right('Replies')],
      statuses.map(({ status, count }) => [cell(String(status)), countCell(count)]),
    ),
  ];
}

const MOST_FIGURES = 60;

function figureBlocks({ figures }: OtherFiguresRow): Block[] {
  if (figures.length === 0) return [];
  return [
    heading(3, 'Other metrics'),
    table(
      'Other metrics',
      left('Metric', 'Kind', 'Figures'),
      figures
        .slice(0, MOST_FIGURES)
        .map((figure) => [cell(figure.metric), cell(figure.kind), cell(figureText(figure))]),
    ),
    ...more(figures.length - MOST_FIGURES, 'metric'),
  ];
}

function more(count: number, what: string): Block[] {
  return count > 0 ? [paragraph(`And ${counted(count, `more ${what}`)}: report.json has them all.`)] : [];
}

function figureText({ kind, isTime, values }: K6Figure): string {
  if (kind === 'rate') {
    const { passes = 0, fails = 0, rate } = values;
    const share = rate === undefined ? '' : `${formatShare(rate)}: `;
    return `${share}${formatCount(passes)} of ${formatCount(passes + fails)}`;
  }
  return Object.entries(values)
    .map(([stat, value]) => `${stat} ${isTime && stat !== 'count' ? formatMs(value) : plain(value)}`)
    .join(', ');
}

function plain(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(6)));
}
