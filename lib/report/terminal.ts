import { isExcused } from '../core/judge/threshold-order.ts';
import { describeThreshold } from '../core/judge/threshold-text.ts';
import type { Block, Tone } from '../core/spec/document/blocks.ts';
import { list, paragraph } from '../core/spec/document/cells.ts';
import type { Problem } from '../core/spec/document/finding.ts';
import { formatCount, formatShare } from '../core/spec/units.ts';
import { counted } from '../core/spec/words.ts';
import { type BlockGroup, renderTerminal as renderBlocks } from './document/render-terminal.ts';
import { countsText } from './gate/rows.ts';
import { NOTE_ON_DEMO_TARGET } from './model/notes.ts';
import type { Report } from './model/report.ts';
import type { ThresholdRow } from './model/thresholds.ts';
import { remarkText } from './sections/threshold-texts.ts';
import { endpointBlocks, journeyBlocks, moreThan, runTable, toneOf } from './terminal-tables.ts';

/** Besides those that are reasons. */
const MOST_FINDINGS = 6;
const MOST_REMARKS = 3;
const MOST_OTHERS = 3;

/**
 * What is known of a run when it has ended, on one screen: the report has the rest.
 * @param hasColour whether the terminal takes colours and the user wants them
 * @param columns how wide the terminal is; without end in a log
 */
export function renderTerminal(report: Report, hasColour: boolean, columns?: number): string {
  return renderBlocks(terminalGroups(report), hasColour, columns);
}

function terminalGroups(report: Report): BlockGroup[] {
  const { decision, runs } = report;
  const { words, reasons } = decision.advice;
  const answers = untold(
    report.studies.map(({ scenario, headline }) => ({ scenario, text: headline })),
    reasons,
  );
  const others = otherReasons(report, reasons);
  const told = [...reasons, ...others.slice(0, MOST_OTHERS), ...answers.map(({ text }) => text)];
  return [
    [
      { kind: 'verdict', tone: toneOf(report.verdict), text: decision.headline },
      paragraph([{ strong: words }]),
      ...reasons.map((reason) => reasonLine(reason, report.problems)),
      ...list(others.slice(0, MOST_OTHERS)),
      ...moreThan(others.length - MOST_OTHERS, 'more reasons'),
    ],
    answers.map(({ scenario, text }) => paragraph([...(runs.length > 1 ? [`${scenario}: `] : []), { strong: text }])),
    [paragraph(requestsText(report))],
    runs.length > 1 ? [runTable(report)] : [],
    journeyBlocks(report),
    [...endpointBlocks(report), ...thresholdLines(report, told)],
    findingLines(report, told),
    asides(report, told),
  ];
}

/** What was not said yet, in whatever sentence. */
function untold<T extends { readonly text: string }>(all: readonly T[], told: readonly string[]): T[] {
  return all.filter(({ text }) => !told.some((each) => each.includes(text.replace(/\.$/, ''))));
}

/** What decided besides findings and thresholds, such as a script that threw: nothing below tells it. */
function otherReasons({ verdict, reasons, thresholds }: Report, told: readonly string[]): string[] {
  if (verdict === 'pass') return [];
  const ofThresholds = new Set(
    thresholds.flatMap((row) => [describeThreshold(row), `${row.scenario}: ${describeThreshold(row)}`]),
  );
  const others = reasons.filter((reason) => !ofThresholds.has(reason)).map((text) => ({ text }));
  return untold(others, told).map(({ text }) => text);
}

/** A reason that is a finding says how severe it is. */
function reasonLine(reason: string, problems: Report['problems']): Block {
  const finding = problems.find(({ summary }) => summary === reason);
  return finding === undefined ? { kind: 'list', items: [reason] } : findingLine(finding);
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

function findingLines({ problems }: Report, told: readonly string[]): Block[] {
  const left = untold(
    problems.map(({ severity, summary }) => ({ severity, text: summary })),
    told,
  );
  return [
    ...left.slice(0, MOST_FINDINGS).map(({ severity, text }) => findingLine({ severity, summary: text })),
    ...moreThan(left.length - MOST_FINDINGS, 'more findings'),
  ];
}

function requestsText({ totals }: Report): string {
  const rate = totals.requestsPerSecond === undefined ? '' : `, ${totals.requestsPerSecond.toFixed(1)}/s`;
  const shares = totals.outcomes.map(({ label, share }) => `${formatShare(share)} ${label}`).join(', ');
  return totals.requests === 0
    ? 'No HTTP request was counted.'
    : `${counted(totals.requests, 'request')}${rate}: ${shares}`;
}

/** How many hold, in one line; below it what a reader must know of some. */
function thresholdLines({ thresholds, runs }: Report, told: readonly string[]): Block[] {
  const remarks = thresholds
    .filter((row) => (isExcused(row) && row.verdict !== 'idle') || row.unstable !== undefined)
    .map((row) => ({
      text: `${runs.length > 1 ? `${row.scenario}: ` : ''}${describeThreshold(row)}; ${remarkText(row)}`,
    }));
  const left = untold(remarks, told);
  return [
    paragraph(thresholdsText(thresholds)),
    ...left.slice(0, MOST_REMARKS).map(({ text }) => aside(`  ${text}`)),
    ...moreThan(left.length - MOST_REMARKS, 'more remarks on thresholds'),
  ];
}

function thresholdsText(thresholds: readonly ThresholdRow[]): string {
  const of = (...verdicts: readonly string[]) => thresholds.filter(({ verdict }) => verdicts.includes(verdict));
  const rows = { crossed: of('fail', 'no_data'), excused: of('warn', 'waived'), idle: of('idle'), held: of('pass') };
  const all = counted(thresholds.length, 'threshold');
  if (rows.held.length === thresholds.length)
    return `${formatCount(thresholds.length)} of ${all} ${thresholds.length === 1 ? 'holds' : 'hold'}.`;
  return `${countsText(rows).replace(/\.$/, '')}: see report.html`;
}

/** Doubts about the measurement, and notes: they are told, and ask for nothing. */
function asides({ verdict, measurements, notes }: Report, told: readonly string[]): Block[] {
  const doubts = measurements.flatMap(({ scenario, doubts: own }) => own.map((text) => ({ scenario, text })));
  const cautions = untold(doubts, told).map(
    ({ scenario, text }) => `Caution: ${measurements.length > 1 ? `${scenario}: ` : ''}${text}.`,
  );
  // A pass says so among what it does not show.
  const others = notes.filter((note) => verdict !== 'pass' || note !== NOTE_ON_DEMO_TARGET);
  return [...cautions, ...others.map((note) => `Note: ${note}`)].map(aside);
}

function aside(text: string): Block {
  return { kind: 'paragraph', text, isAside: true };
}
