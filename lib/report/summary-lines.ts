import { isOfThreshold } from '../core/judge/threshold-text.ts';
import type { Block, Tone } from '../core/spec/document/blocks.ts';
import { paragraph } from '../core/spec/document/cells.ts';
import type { Problem } from '../core/spec/document/finding.ts';
import { formatCount, formatRate, formatShare } from '../core/spec/units.ts';
import { counted } from '../core/spec/words.ts';
import { countsText } from './gate/rows.ts';
import { isTold, withoutStop } from './model/decision-sentence.ts';
import { notesToTell } from './model/notes.ts';
import type { Report } from './model/report.ts';
import type { ThresholdRow } from './model/thresholds.ts';

/** What is still to be told, of whatever kind. */
export interface Told {
  readonly text: string;
}

/** What was not said yet, in whatever sentence. */
export function untold<T extends Told>(all: readonly T[], told: readonly string[]): T[] {
  return all.filter(({ text }) => !told.some((each) => isTold(text, each)));
}

/** What decided besides findings and thresholds, such as a script that threw: nothing below tells it. */
export function otherReasons({ verdict, reasons }: Report, told: readonly string[]): string[] {
  if (verdict === 'pass') return [];
  const others = reasons.filter((reason) => !isOfThreshold(reason)).map((text) => ({ text }));
  return untold(others, told).map(({ text }) => text);
}

/** A reason that is a finding says how severe it is. */
export function reasonLine(
  reason: string,
  problems: Report['problems'],
  short: (text: string) => string = (text) => text,
): Block {
  const finding = problems.find(({ summary }) => summary === reason);
  if (finding === undefined) return { kind: 'list', items: [short(reason)] };
  return findingLine({ ...finding, summary: short(reason) });
}

const SEVERITY_TONES: Readonly<Record<Problem['severity'], Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'caution',
  low: 'plain',
};

export function findingLine({ severity, summary }: Pick<Problem, 'severity' | 'summary'>): Block {
  return paragraph(['  ', { judged: severity.padEnd(8), tone: SEVERITY_TONES[severity] }, `  ${summary}`]);
}

export function requestsText({ totals }: Report): string {
  const rate = totals.requestsPerSecond === undefined ? '' : `, ${formatRate(totals.requestsPerSecond)}`;
  const shares = totals.outcomes
    .map(({ label, share }) => `${formatShare(share, totals.requests)} ${label}`)
    .join(', ');
  return totals.requests === 0
    ? 'No HTTP request was counted.'
    : `${counted(totals.requests, 'request')}${rate}: ${shares}`;
}

export function thresholdsText(thresholds: readonly ThresholdRow[]): string {
  const of = (...verdicts: readonly string[]) => thresholds.filter(({ verdict }) => verdicts.includes(verdict));
  const rows = { crossed: of('fail', 'no_data'), excused: of('warn', 'waived'), idle: of('idle'), held: of('pass') };
  const all = counted(thresholds.length, 'threshold');
  if (rows.held.length === thresholds.length)
    return `${formatCount(thresholds.length)} of ${all} ${thresholds.length === 1 ? 'holds' : 'hold'}.`;
  return `${withoutStop(countsText(rows))}: see report.html`;
}

/** Doubts about the measurement, and notes: they are told, and ask for nothing. */
export function asidesOf(report: Report, told: readonly string[]): string[] {
  const { measurements } = report;
  const doubts = measurements.flatMap(({ scenario, doubts: own }) => own.map((text) => ({ scenario, text })));
  const cautions = untold(doubts, told).map(
    ({ scenario, text }) => `Caution: ${measurements.length > 1 ? `${scenario}: ` : ''}${text}.`,
  );
  return [...cautions, ...notesToTell(report).map((note) => `Note: ${note}`)];
}

/** What a test of one kind was asked for, and is not told by its reasons. */
export function answersOf({ studies, runs }: Report, told: readonly string[]): (Told & { scenario: string })[] {
  const all = studies.map(({ scenario, headline }) => ({ scenario: runs.length > 1 ? scenario : '', text: headline }));
  return untold(all, told);
}
