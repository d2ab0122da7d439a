import { subjectOf } from '../../core/judge/threshold.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import { cell, details, heading, left, numberCell, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { Report } from '../model/report.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, remarkText, subjectTitle, thresholdCell, usedCell } from './threshold-texts.ts';

/** What was crossed or could not be judged, open; what holds, folded. */
export function thresholdSection({ thresholds, runs }: Report): Block[] {
  const title = heading(2, 'Thresholds');
  if (thresholds.length === 0) return [title, paragraph('This test has no thresholds, so it cannot be judged.')];
  const crossed = thresholds.filter(({ verdict }) => verdict !== 'pass');
  const held = byUse(thresholds.filter(({ verdict }) => verdict === 'pass'));
  const isJoint = runs.length > 1;
  const hold = held.length === 1 ? 'holds' : 'hold';
  return [
    title,
    ...(crossed.length === 0
      ? []
      : [
          paragraph(`${formatCount(held.length)} of ${counted(thresholds.length, 'threshold')} ${hold}; these do not:`),
          thresholdTable('Thresholds that do not hold', crossed, isJoint),
        ]),
    ...details(
      `${crossed.length === 0 ? 'All ' : ''}${counted(held.length, 'threshold')} ${crossed.length === 0 ? '' : 'that '}${hold} (closest to the limit first)`,
      heldBlocks(alikeTogether(held), isJoint),
    ),
  ];
}

function heldBlocks(rows: readonly TogetherRow[], isJoint: boolean): Block[] {
  if (rows.length === 0) return [];
  const more = rows.length - MOST_HELD;
  return [
    thresholdTable('Thresholds that hold', rows.slice(0, MOST_HELD), isJoint),
    ...(more > 0 ? [paragraph(`And ${formatCount(more)} more: report.json has them all.`)] : []),
  ];
}

const MOST_HELD = 60;

function thresholdTable(caption: string, rows: readonly TogetherRow[], isJoint: boolean): Block {
  return table(
    caption,
    [
      ...(isJoint ? left('Scenario') : []),
      ...left('Threshold', subjectTitle(rows)),
      ...right('Limit', 'Actual', 'Used', 'Samples'),
      ...left('Verdict'),
    ],
    rows.map((row) => [
      ...(isJoint ? [cell(row.scenario)] : []),
      cell(row.title),
      cell(row.subjects ?? subjectOf(row) ?? 'all'),
      cell(limitText(row)),
      { text: actualText(row), ...present({ sort: row.actual }) },
      usedCell(row),
      numberCell(row.samples, (samples) => `${formatCount(samples)}${row.hasFewSamples ? ' (few)' : ''}`),
      thresholdCell(row.verdict),
    ]),
    rows.map((row) => (remarkText(row) === '' ? undefined : { text: remarkText(row) })),
  );
}

/** A threshold, or several that say the same of different endpoints. */
interface TogetherRow extends ThresholdRow {
  readonly subjects?: string;
}

/**
 * Rows that differ in nothing but their endpoint are one: a hundred endpoints of 100 % are a fact, not a hundred. So are
 * latencies far below their limit, which the table of endpoints has one by one.
 */
function alikeTogether(rows: readonly ThresholdRow[]): TogetherRow[] {
  const alike = groupBy(rows, (row) => {
    const isMerged = row.endpoint !== undefined && remarkText(row) === '';
    // What stands alone is a group by itself.
    return isMerged ? JSON.stringify([row.scenario, row.title, limitText(row), saidOf(row), row.hasFewSamples]) : row;
  });
  return [...alike.values()].map(together);
}

const FAR_BELOW = 0.1;

/** Of a count that is reached, how far beyond it is says nothing. */
function saidOf(row: ThresholdRow): string {
  if (row.unit === 'count') return 'reached';
  return isFarBelow(row) ? 'far below' : actualText(row);
}

function isFarBelow({ unit, actual, limit }: ThresholdRow): boolean {
  return unit === 'ms' && actual !== undefined && actual < FAR_BELOW * limit;
}

function together(rows: readonly ThresholdRow[]): TogetherRow {
  const [first] = rows as [ThresholdRow];
  if (rows.length === 1) return first;
  const isLatency = isFarBelow(first);
  const byActual = rows.toSorted((a, b) => (a.actual ?? 0) - (b.actual ?? 0));
  const shown = byActual.at(isLatency ? -1 : 0) ?? first;
  return {
    ...shown,
    subjects: `${counted(rows.length, 'endpoint')}${isLatency ? `, the slowest ${subjectOf(shown)}` : ''}`,
    ...present({ samples: leastOf(rows.map(({ samples }) => samples)) }),
  };
}

function leastOf(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The nearest to its limit first; what has no share of it last. */
function byUse(rows: readonly ThresholdRow[]): ThresholdRow[] {
  return [...rows].sort((a, b) => (a.margin ?? Number.POSITIVE_INFINITY) - (b.margin ?? Number.POSITIVE_INFINITY));
}
