import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Column, Tone } from '../../core/spec/document/blocks.ts';
import { cell, countCell, heading, left, list, paragraph, right, table } from '../../core/spec/document/cells.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { bytesOf } from '../comment.ts';
import { blocksMarkdown } from '../document/render-markdown.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, marginText, thresholdCell } from '../sections/threshold-texts.ts';
import type { Gate, GatedRun } from './gate.ts';
import { gateRemark, sortRows } from './rows.ts';

/** How much of everything is shown. */
interface Detail {
  readonly held: number;
  readonly notes: number;
  readonly excused: number;
  readonly crossed: number;
  readonly runs: number;
  readonly reasons: number;
  /** Characters of one text from outside. */
  readonly longest: number;
}

const ALL = Number.POSITIVE_INFINITY;

/** What is left out first where not everything fits: held thresholds, notes, what is let through, crossed ones, reasons. */
const DETAILS: readonly Detail[] = [
  { held: ALL, notes: ALL, excused: ALL, crossed: ALL, runs: ALL, reasons: ALL, longest: 500 },
  { held: 0, notes: ALL, excused: ALL, crossed: ALL, runs: ALL, reasons: ALL, longest: 500 },
  { held: 0, notes: 0, excused: ALL, crossed: ALL, runs: ALL, reasons: 50, longest: 500 },
  { held: 0, notes: 0, excused: 20, crossed: ALL, runs: 50, reasons: 50, longest: 300 },
  { held: 0, notes: 0, excused: 20, crossed: 60, runs: 20, reasons: 20, longest: 200 },
  { held: 0, notes: 0, excused: 5, crossed: 15, runs: 10, reasons: 10, longest: 100 },
  { held: 0, notes: 0, excused: 0, crossed: 0, runs: 0, reasons: 3, longest: 100 },
];

/**
 * The verdict as GitHub-flavoured Markdown, with as much detail as fits.
 * @param mostBytes of UTF-8, which is never less than the characters that GitHub counts
 * @param links where more is to be found, as `[text, address]`
 */
export function gateMarkdown(
  gate: Gate,
  mostBytes: number,
  links: readonly (readonly [string, string])[] = [],
): string {
  let text = '';
  for (const detail of DETAILS) {
    text = markdownOf(gate, detail, links);
    if (bytesOf(text) <= mostBytes) return text;
  }
  return text;
}

function markdownOf(gate: Gate, detail: Detail, links: readonly (readonly [string, string])[]): string {
  const { crossed, excused, idle, held } = sortRows(gate);
  const short = (text: string) => shorten(text, detail.longest);
  const notes = [...gate.notes, ...gate.runs.flatMap((run) => run.notes.map((note) => `${run.scenario}: ${note}`))];
  const blocks: Block[] = [
    heading(3, `Load test: ${verdictText(gate.verdict)}`),
    { kind: 'verdict', text: gate.headline, tone: toneOf(gate) },
    ...list(gate.reasons.slice(0, detail.reasons).map(short)),
    ...more(gate.reasons.length - detail.reasons, 'reason'),
    paragraph(
      `${formatCount(crossed.length)} of ${counted(crossed.length + excused.length + idle.length + held.length, 'threshold')} crossed or without data, ${formatCount(excused.length)} let through, ${formatCount(held.length)} held${idle.length > 0 ? `, ${formatCount(idle.length)} that cannot be crossed` : ''}.`,
    ),
    ...rowsTable('Crossed thresholds', gate, crossed.slice(0, detail.crossed), short),
    ...more(crossed.length - detail.crossed, 'crossed threshold'),
    ...rowsTable('Let through', gate, excused.slice(0, detail.excused), short),
    ...more(excused.length - detail.excused, 'threshold that is let through', 'thresholds that are let through'),
    ...unreadableBlocks(gate, detail, short),
    ...runsTable(gate.runs.slice(0, detail.runs), short),
    ...more(gate.runs.length - detail.runs, 'run'),
  ];
  const after: Block[] = [
    ...list(notes.slice(0, detail.notes).map(short)),
    ...more(notes.length - detail.notes, 'note'),
    ...links.map(([label, address]) => paragraph([{ text: label, link: address }])),
  ];
  return [blocksMarkdown(blocks), heldDetails(gate, held, detail, short), blocksMarkdown(after)]
    .filter((part) => part !== '')
    .join('\n');
}

function toneOf({ verdict }: Gate): Tone {
  if (verdict === 'pass') return 'good';
  return verdict === 'fail' || verdict === 'incomplete' ? 'bad' : 'caution';
}

function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** Whatever is left out is counted. */
function more(count: number, singular: string, plural = `${singular}s`): Block[] {
  return count > 0 ? [paragraph(`And ${counted(count, singular, plural)} more, left out here for length.`)] : [];
}

function rowsTable(
  caption: string,
  { runs }: Gate,
  rows: readonly ThresholdRow[],
  short: (text: string) => string,
): Block[] {
  if (rows.length === 0) return [];
  const hasScenario = runs.length > 1;
  const hasRemarks = rows.some((row) => gateRemark(row) !== '');
  const columns: Column[] = [
    ...(hasScenario ? left('Scenario') : []),
    ...left('Threshold', 'Endpoint'),
    ...right('Limit', 'Actual', 'Margin', 'Samples'),
    ...left('Verdict', ...(hasRemarks ? ['Remark'] : [])),
  ];
  return [
    paragraph([{ strong: caption }]),
    table(
      caption,
      columns,
      rows.map((row) => [
        ...(hasScenario ? [cell(short(row.scenario))] : []),
        cell(short(row.title)),
        cell(short(row.endpoint ?? 'all')),
        cell(limitText(row)),
        cell(actualText(row)),
        cell(marginText(row)),
        countCell(row.samples),
        thresholdCell(row.verdict),
        ...(hasRemarks ? [cell(short(gateRemark(row)))] : []),
      ]),
    ),
  ];
}

function unreadableBlocks({ unreadable }: Gate, { runs }: Detail, short: (text: string) => string): Block[] {
  if (unreadable.length === 0) return [];
  return [
    paragraph([{ strong: 'Could not be read' }]),
    ...list(
      unreadable
        .slice(0, runs)
        .map(({ name, what, received, todo }) =>
          short([`${name}: ${what}`, received, todo].filter((text) => text !== undefined).join(' – ')),
        ),
    ),
    ...more(unreadable.length - runs, 'input'),
  ];
}

function runsTable(runs: readonly GatedRun[], short: (text: string) => string): Block[] {
  if (runs.length === 0) return [];
  return [
    paragraph([{ strong: 'Runs' }]),
    table(
      'Runs',
      [...left('Run', 'Scenario', 'Verdict'), ...right('Requests', 'k6 exit code'), ...left('Ended', 'Commit')],
      runs.map(({ runId, scenario, verdict, requests, k6ExitCode, endedAt, commit }) => [
        cell(short(runId)),
        cell(short(scenario)),
        cell(verdictText(verdict), verdict === 'pass' ? 'good' : 'bad'),
        countCell(requests),
        cell(k6ExitCode === undefined ? 'not known' : String(k6ExitCode)),
        cell(endedAt?.replace(/\.\d+Z$/, 'Z') ?? '–'),
        cell(commit?.slice(0, 12) ?? '–'),
      ]),
    ),
  ];
}

/** Folded up: a reviewer wants them only now and then. */
function heldDetails(
  gate: Gate,
  held: readonly ThresholdRow[],
  detail: Detail,
  short: (text: string) => string,
): string {
  if (held.length === 0) return '';
  if (detail.held === 0) return blocksMarkdown(more(held.length, 'held threshold'));
  const body = blocksMarkdown(rowsTable('Held thresholds', gate, held, short));
  return `<details><summary>${counted(held.length, 'held threshold')}</summary>\n\n${body}\n</details>\n`;
}
