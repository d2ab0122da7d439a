import { subjectOf } from '../../core/judge/threshold.ts';
import { byVerdict, isExcused } from '../../core/judge/threshold-order.ts';
import { describeThreshold } from '../../core/judge/threshold-text.ts';
import { NOT_MEASURED } from '../../core/spec/document/cells.ts';
import { present } from '../../core/spec/present.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, remarkText } from '../sections/threshold-texts.ts';
import type { Gate, GateFinding } from './gate.ts';

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

/** Why the verdict is what it is, beyond what the sentence of the decision tells already. */
export function untoldReasons(gate: Pick<Gate, 'verdict' | 'reasons' | 'decision'>): string[] {
  return gate.verdict === 'pass' ? [] : gate.reasons.filter((reason) => !isTold(reason, gate));
}

/** The same without crossed thresholds, for formats that show them anyway. */
export function otherReasons(gate: Pick<Gate, 'verdict' | 'reasons' | 'runs' | 'decision'>): string[] {
  const shown = new Set(
    gate.runs.flatMap(({ scenario, thresholds }) =>
      thresholds.map((row) => describeThreshold(row)).flatMap((text) => [text, `${scenario}: ${text}`]),
    ),
  );
  return untoldReasons(gate).filter((reason) => !shown.has(reason));
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

/** The thresholds of one endpoint or journey, or of all requests, that are not held. */
export interface RowGroup {
  readonly scenario: string;
  /** Absent: all requests together. */
  readonly subject?: string;
  readonly rows: readonly ThresholdRow[];
}

/** Those of one subject together, in the order in which they are given. */
export function bySubject(rows: readonly ThresholdRow[]): RowGroup[] {
  const groups = new Map<string, ThresholdRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.scenario, subjectOf(row)]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined
      ? []
      : [{ scenario: first.scenario, ...present({ subject: subjectOf(first) }), rows: own }];
  });
}

/** `p95 of ok replies 612 ms (< 500 ms)`. */
export function shortRow(row: ThresholdRow): string {
  const remark = gateRemark(row);
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

/** The findings that the sentence of the decision does not tell already. */
export function untoldFindings({ findings, decision }: Pick<Gate, 'findings' | 'decision'>): GateFinding[] {
  return findings.filter(({ summary }) => !isTold(summary, { decision }));
}

function isTold(text: string, { decision }: Pick<Gate, 'decision'>): boolean {
  return decision.sentence.includes(text.replace(/\.$/, ''));
}
