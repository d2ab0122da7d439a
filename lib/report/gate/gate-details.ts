import { subjectOf } from '../../core/judge/threshold.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Column } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { formatMoment } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, subjectTitle, thresholdCell, usedText } from '../sections/threshold-texts.ts';
import type { Gate, GatedRun } from './gate.ts';
import { gateRemark, type SortedRows } from './rows.ts';

/** How much of everything is shown: what is folded up first, then what one screen has. */
export interface Detail {
  readonly held: number;
  readonly excused: number;
  readonly crossed: number;
  readonly runs: number;
  readonly notes: number;
  /** Reasons, findings and scenarios on the screen. */
  readonly shown: number;
  /** Characters of one text from outside. */
  readonly longest: number;
}

const ALL = Number.POSITIVE_INFINITY;

/** What is left out first where not everything fits: held thresholds, notes, excused ones, runs, failed ones. */
export const DETAILS: readonly Detail[] = [
  { held: ALL, notes: ALL, excused: ALL, crossed: ALL, runs: ALL, shown: 8, longest: 500 },
  { held: 0, notes: ALL, excused: ALL, crossed: ALL, runs: ALL, shown: 8, longest: 500 },
  { held: 0, notes: 0, excused: ALL, crossed: ALL, runs: 50, shown: 8, longest: 500 },
  { held: 0, notes: 0, excused: 20, crossed: ALL, runs: 50, shown: 8, longest: 300 },
  { held: 0, notes: 0, excused: 20, crossed: 60, runs: 20, shown: 8, longest: 200 },
  { held: 0, notes: 0, excused: 5, crossed: 15, runs: 10, shown: 5, longest: 100 },
  { held: 0, notes: 0, excused: 0, crossed: 0, runs: 0, shown: 3, longest: 100 },
];

export function thresholdsTitle({ crossed, excused, idle, held }: SortedRows): string {
  return counted(crossed.length + excused.length + idle.length + held.length, 'threshold');
}

/** Every threshold, as far as they fit. */
export function thresholdBlocks(
  gate: Gate,
  rows: SortedRows,
  detail: Detail,
  short: (text: string) => string,
): Block[] {
  const { crossed, excused, idle, held } = rows;
  const shown = [
    ...crossed.slice(0, detail.crossed),
    ...excused.slice(0, detail.excused),
    ...held.slice(0, detail.held),
    ...idle.slice(0, detail.held),
  ];
  return [
    ...rowsTable(gate, shown, short),
    ...more(crossed.length - detail.crossed, 'failed threshold'),
    ...more(
      excused.length - detail.excused,
      'threshold that only warns or is waived',
      'thresholds that only warn or are waived',
    ),
    ...more(held.length - detail.held, 'held threshold'),
    ...more(idle.length - detail.held, 'threshold that cannot be crossed', 'thresholds that cannot be crossed'),
  ];
}

function rowsTable({ runs }: Gate, rows: readonly ThresholdRow[], short: (text: string) => string): Block[] {
  if (rows.length === 0) return [];
  const hasScenario = runs.length > 1;
  const hasRemarks = rows.some((row) => gateRemark(row) !== '');
  const columns: Column[] = [
    ...(hasScenario ? left('Scenario') : []),
    ...left('Threshold', subjectTitle(rows)),
    ...right('Limit', 'Actual', 'Used', 'Samples'),
    ...left('Verdict', ...(hasRemarks ? ['Remark'] : [])),
  ];
  return [
    table(
      'Thresholds',
      columns,
      rows.map((row) => [
        ...(hasScenario ? [cell(short(row.scenario))] : []),
        cell(short(row.title)),
        cell(short(subjectOf(row) ?? 'all')),
        cell(limitText(row)),
        cell(actualText(row)),
        cell(usedText(row)),
        countCell(row.samples),
        thresholdCell(row.verdict),
        ...(hasRemarks ? [cell(short(gateRemark(row)))] : []),
      ]),
    ),
  ];
}

export function runsTable(runs: readonly GatedRun[], short: (text: string) => string): Block[] {
  if (runs.length === 0) return [];
  return [
    table(
      'Runs',
      [...left('Run', 'Scenario', 'Verdict'), ...right('Requests', 'k6 exit code'), ...left('Ended', 'Commit')],
      runs.map(({ runId, scenario, verdict, requests, k6ExitCode, endedAt, commit }) => [
        cell(short(runId)),
        cell(short(scenario)),
        cell(verdictText(verdict), verdict === 'pass' ? 'good' : 'bad'),
        countCell(requests),
        cell(k6ExitCode === undefined ? 'not known' : String(k6ExitCode)),
        cell(endedAt === undefined ? '–' : formatMoment(endedAt)),
        cell(commit?.slice(0, 12) ?? '–'),
      ]),
    ),
  ];
}
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** Whatever is left out is counted. */
export function more(count: number, singular: string, plural = `${singular}s`): Block[] {
  return count > 0 ? [paragraph(`And ${counted(count, singular, plural)} more, left out here for length.`)] : [];
}
