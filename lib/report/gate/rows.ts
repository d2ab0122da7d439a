import { subjectOf } from '../../core/judge/threshold.ts';
import { byVerdict, isExcused } from '../../core/judge/threshold-order.ts';
import { describeThreshold, isOfThreshold } from '../../core/judge/threshold-text.ts';
import { NOT_MEASURED } from '../../core/spec/document/cells.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { isTold } from '../model/decision-sentence.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, remarkText } from '../sections/threshold-texts.ts';
import type { Gate, GateFinding, UnreadableInput } from './gate.ts';

/** The thresholds of all runs, by what is to be done about them. */
export interface SortedRows {
  /** Not held, and decisive: crossed before not measured. */
  readonly crossed: readonly ThresholdRow[];
  /** Not held, and only warned of or waived. */
  readonly excused: readonly ThresholdRow[];
  /** Which nothing can cross. */
  readonly idle: readonly ThresholdRow[];
  /** The unstable ones first, then the nearest to its limit. */
  readonly held: readonly ThresholdRow[];
}

export function sortRows({ runs }: Pick<Gate, 'runs'>): SortedRows {
  const rows = runs
    .flatMap(({ thresholds }) => thresholds)
    .sort((a, b) => byVerdict(a, b) || certaintyOf(a) - certaintyOf(b) || marginOf(a) - marginOf(b));
  return {
    crossed: rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'no_data'),
    excused: rows.filter((row) => isExcused(row) && row.verdict !== 'idle'),
    idle: rows.filter(({ verdict }) => verdict === 'idle'),
    held: rows.filter(({ verdict }) => verdict === 'pass'),
  };
}

/** What hangs on single replies wants a look, also where it holds. */
function certaintyOf({ unstable }: ThresholdRow): number {
  return unstable === undefined ? 1 : 0;
}

function marginOf({ margin }: ThresholdRow): number {
  return margin ?? Number.POSITIVE_INFINITY;
}

/** What is to be known beside the verdict, in a cell of its own. */
export function gateRemark(row: ThresholdRow): string {
  return [row.hasFewSamples ? 'few samples' : '', remarkText(row)].filter((text) => text !== '').join('; ');
}

/** Why the verdict is what it is, beyond what is told already. @param told by default the sentence of the decision */
export function untoldReasons(gate: Pick<Gate, 'verdict' | 'reasons' | 'decision'>, told = sentenceOf(gate)): string[] {
  return gate.verdict === 'pass' ? [] : gate.reasons.filter((reason) => !isTold(reason, told));
}

/** The same without crossed thresholds, for formats that show them anyway. */
export function otherReasons(
  gate: Pick<Gate, 'verdict' | 'reasons' | 'runs' | 'decision'>,
  told = sentenceOf(gate),
): string[] {
  return untoldReasons(gate, told).filter((reason) => !isOfThreshold(reason));
}

/** `33 of 60 thresholds failed (7 of them without data), 2 only warn or are waived.` */
export function countsText({ crossed, excused, idle, held }: SortedRows): string {
  const all = crossed.length + excused.length + idle.length + held.length;
  const without = crossed.filter(({ verdict }) => verdict === 'no_data').length;
  const lacking = without === 0 || without === crossed.length ? '' : ` (${formatCount(without)} of them without data)`;
  const did = without > 0 && without === crossed.length ? 'without data' : 'failed';
  const also =
    excused.length === 0
      ? ''
      : `, ${formatCount(excused.length)} only ${excused.length === 1 ? 'warns or is' : 'warn or are'} waived`;
  return `${formatCount(crossed.length)} of ${counted(all, 'threshold')} ${did}${lacking}${also}${idle.length === 0 ? '' : `, ${formatCount(idle.length)} cannot be crossed`}.`;
}

/** Thresholds that are not held, and what they are on: several endpoints where the same is to be said of each. */
export interface RowGroup {
  readonly scenario: string;
  /** Endpoints and journeys; `all` for all requests together. */
  readonly subjects: readonly string[];
  /** Of the first subject; those of the others read alike. */
  readonly rows: readonly ThresholdRow[];
  readonly text: string;
}

/** Those of one subject together, and subjects that read alike; in the order in which they are given. @param told by reasons above */
export function bySubject(rows: readonly ThresholdRow[], told = ''): RowGroup[] {
  const textOf = (own: readonly ThresholdRow[]) => own.map((row) => shortRow(row, told)).join('; ');
  const ofSubject = groupBy(rows, (row) => JSON.stringify([row.scenario, subjectOf(row)])).values();
  const alike = groupBy(ofSubject, (own) => JSON.stringify([own[0]?.scenario, textOf(own)])).values();
  return [...alike].flatMap((groups) => {
    const [first = []] = groups;
    const [row] = first;
    if (row === undefined) return [];
    const subjects = groups.map(([own]) => (own && subjectOf(own)) ?? 'all');
    return [{ scenario: row.scenario, subjects, rows: first, text: textOf(first) }];
  });
}

/** `p95 of ok replies 612 ms (< 500 ms)`; what would tell is left out where a reason told it. */
function shortRow(row: ThresholdRow, told: string): string {
  const { toTell: _, ...rest } = row;
  const remark = gateRemark(isTold(describeThreshold(row), told) ? rest : row);
  const text = actualText(row);
  const actual = text === NOT_MEASURED ? 'not measured' : text;
  return `${row.title} ${actual} (${limitText(row)}${remark === '' ? '' : `; ${remark}`})`;
}

/** Each note once, with the runs it is about unless it is about all of them. */
export function notesShown({ notes, runs }: Pick<Gate, 'notes' | 'runs'>): string[] {
  const about = new Map<string, string[]>();
  for (const run of runs) for (const note of run.notes) about.set(note, [...(about.get(note) ?? []), run.scenario]);
  const ofRuns = [...about].map(([note, scenarios]) =>
    scenarios.length === runs.length ? note : `${[...new Set(scenarios)].join(', ')}: ${note}`,
  );
  return [...notes, ...ofRuns];
}

/** The findings that are not told already. @param told by default the sentence of the decision */
export function untoldFindings(gate: Pick<Gate, 'findings' | 'decision'>, told = sentenceOf(gate)): GateFinding[] {
  return gate.findings.filter(({ summary }) => !isTold(summary, told));
}

function sentenceOf({ decision }: Pick<Gate, 'decision'>): string {
  return decision.sentence;
}

/** `cut.json is cut off`, with its name where it does not say it. */
export function unreadableText({ name, what }: UnreadableInput): string {
  return what.includes(name) ? what : `${name}: ${what}`;
}
