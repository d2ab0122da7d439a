import type { K6Figure } from '../../core/judge/run-summary.ts';
import { byVerdict } from '../../core/judge/threshold-order.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, countCell, heading, left, paragraph, right, shareCell, table } from '../../core/spec/document/cells.ts';
import { formatCount, formatFigure, formatMs, formatShare } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { OtherFiguresRow } from '../model/other-figures.ts';
import type { Report } from '../model/report.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { limitText, thresholdCell } from './threshold-texts.ts';

/** Checks, statuses and whatever else k6 measured: shown as it is, and judged by its thresholds alone. */
export function otherFiguresSection({ otherFigures, thresholds }: Report): Block[] {
  if (otherFigures.length === 0) return [];
  return [
    heading(2, 'What else k6 measured'),
    ...otherFigures.flatMap((row) => [
      ...(otherFigures.length > 1 ? [paragraph([{ strong: row.scenario }])] : []),
      ...checkBlocks(row),
      ...statusBlocks(row),
      ...figureBlocks(
        row,
        thresholds.filter(({ custom, scenario }) => custom !== undefined && scenario === row.scenario),
      ),
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
          shareCell(passes + fails === 0 ? undefined : fails / (passes + fails), passes + fails),
        ]),
    ),
    ...more(checks.length - MOST_CHECKS, 'check'),
  ];
}

function statusBlocks({ statuses }: OtherFiguresRow): Block[] {
  if (statuses.length === 0) return [];
  return [
    heading(3, 'Responses by status'),
    table(
      'Responses by status, as far as they were counted by it',
      [...left('Status'), ...right('Responses')],
      statuses.map(({ status, count }) => [cell(String(status)), countCell(count)]),
    ),
  ];
}

const MOST_FIGURES = 60;

function figureBlocks({ figures }: OtherFiguresRow, limits: readonly ThresholdRow[]): Block[] {
  if (figures.length === 0) return [];
  const hasLimits = limits.length > 0;
  // What is judged is what a reader looks for.
  const isJudged = ({ metric }: K6Figure) => limits.some(({ custom }) => custom === metric);
  const shown = [...figures.filter(isJudged), ...figures.filter((figure) => !isJudged(figure))];
  return [
    heading(3, 'Other metrics'),
    table(
      'Other metrics',
      left('Metric', 'Kind', 'Figures', ...(hasLimits ? ['Limits'] : [])),
      shown
        .slice(0, MOST_FIGURES)
        .map((figure) => [
          cell(figure.metric),
          cell(figure.kind),
          cell(figureText(figure)),
          ...(hasLimits ? [limitsCell(limits.filter(({ custom }) => custom === figure.metric))] : []),
        ]),
    ),
    ...more(figures.length - MOST_FIGURES, 'metric'),
  ];
}

function limitsCell(limits: readonly ThresholdRow[]): Cell {
  const [worst] = [...limits].sort(byVerdict);
  if (worst === undefined) return cell('');
  const texts = limits.map((row) => `${row.title} ${limitText(row)}: ${verdictText(row.verdict)}`);
  return { ...thresholdCell(worst.verdict), text: texts.join('; ') };
}

function more(count: number, what: string): Block[] {
  return count > 0 ? [paragraph(`And ${counted(count, `more ${what}`)}: report.json has them all.`)] : [];
}

function figureText({ kind, isTime, values }: K6Figure): string {
  if (kind === 'rate') {
    const { passes = 0, fails = 0, rate } = values;
    const share = rate === undefined ? '' : `${formatShare(rate, passes + fails)}: `;
    return `${share}${formatCount(passes)} of ${formatCount(passes + fails)}`;
  }
  return Object.entries(values)
    .map(([stat, value]) => `${stat} ${isTime && stat !== 'count' ? formatMs(value) : plain(value)}`)
    .join(', ');
}

function plain(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : formatFigure(value);
}
