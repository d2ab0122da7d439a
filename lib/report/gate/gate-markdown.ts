import { isExcused } from '../../core/judge/threshold-order.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Tone } from '../../core/spec/document/blocks.ts';
import {
  cell,
  countCell,
  heading,
  left,
  list,
  msCell,
  NOT_MEASURED,
  numberCell,
  paragraph,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { formatDuration } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { bytesOf } from '../comment.ts';
import { blocksMarkdown } from '../document/render-markdown.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { subjectTitle } from '../sections/threshold-texts.ts';
import type { Gate, GatedRun } from './gate.ts';
import { DETAILS, type Detail, more, runsTable, shorten, thresholdBlocks, thresholdsTitle } from './gate-details.ts';
import {
  bySubject,
  countsText,
  notesShown,
  otherReasons,
  type SortedRows,
  shortRow,
  sortRows,
  untoldFindings,
} from './rows.ts';

const MOST_FINDINGS = 3;

/**
 * The verdict as GitHub-flavoured Markdown: one screen of what a reviewer must know, and the rest folded up, with as
 * much detail as fits.
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
  const short = (text: string) => shorten(text, detail.longest);
  const rows = sortRows(gate);
  const notes = notesShown(gate);
  const reasons = otherReasons(gate);
  const screen: Block[] = [
    heading(3, `Load test: ${verdictText(gate.verdict)}`),
    { kind: 'verdict', text: gate.headline, tone: toneOf(gate) },
    paragraph(shorten(gate.decision.sentence, 3 * detail.longest)),
    ...list(reasons.slice(0, detail.shown).map(short)),
    ...more(reasons.length - detail.shown, 'reason'),
    ...findingBlocks(gate, short),
    ...scenarioTable(gate.runs.slice(0, detail.shown), short),
    ...(gate.caveats.length === 0
      ? []
      : [paragraph(`Caution: ${gate.caveats.slice(0, MOST_FINDINGS).map(short).join('; ')}.`)]),
    ...groupBlocks(gate, rows, detail, short),
    ...unreadableBlocks(gate, detail, short),
  ];
  const folded: Block[] = [
    ...runsTable(gate.runs.slice(0, detail.runs), short),
    ...more(gate.runs.length - detail.runs, 'run'),
    ...list(notes.slice(0, detail.notes).map(short)),
    ...more(notes.length - detail.notes, 'note'),
  ];
  return [
    blocksMarkdown(screen),
    details(thresholdsTitle(rows), thresholdBlocks(gate, rows, detail, short)),
    details('Runs and notes', folded),
    blocksMarkdown(links.map(([label, address]) => paragraph([{ text: label, link: address }]))),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function toneOf({ verdict }: Gate): Tone {
  if (verdict === 'pass') return 'good';
  return verdict === 'fail' || verdict === 'incomplete' || verdict === 'not_released' ? 'bad' : 'caution';
}

/** Up to three of what the report finds; the sentence of the decision may have told some already. */
function findingBlocks(gate: Gate, short: (text: string) => string): Block[] {
  const untold = untoldFindings(gate);
  return [
    ...list(
      untold.slice(0, MOST_FINDINGS).map(({ severity, summary }) => [{ strong: severity }, `: ${short(summary)}`]),
    ),
    ...more(untold.length - MOST_FINDINGS, 'finding'),
  ];
}

/** One line of figures for each run. */
function scenarioTable(runs: readonly GatedRun[], short: (text: string) => string): Block[] {
  if (runs.length === 0) return [];
  return [
    table(
      'Scenarios',
      [...left('Scenario', 'Verdict', 'Target'), ...right('Requests', 'Requests/s', 'ok p95', 'Failed', 'Duration')],
      runs.map((run) => [
        cell(short(run.scenario)),
        cell(verdictText(run.verdict), run.verdict === 'pass' ? 'good' : 'bad'),
        cell(short(placeText(run) ?? NOT_MEASURED)),
        countCell(run.requests),
        numberCell(run.requestsPerSecond, (rate) => rate.toFixed(1)),
        msCell(run.okP95Ms),
        shareCell(run.failedShare),
        numberCell(run.loadSeconds, formatDuration),
      ]),
    ),
  ];
}

/** `staging (https://staging.example.com)`, or what is known of it. */
function placeText({ environment, target }: GatedRun): string | undefined {
  if (environment === undefined || target === undefined) return environment ?? target;
  return `${environment} (${target})`;
}

/** What is not held, a line for each endpoint or journey. */
function groupBlocks(gate: Gate, rows: SortedRows, detail: Detail, short: (text: string) => string): Block[] {
  const groups = bySubject([...rows.crossed, ...rows.excused]);
  const hasScenario = gate.runs.length > 1;
  return [
    paragraph([{ strong: countsText(rows) }]),
    ...(groups.length === 0
      ? []
      : [
          table(
            'Thresholds that are not held',
            left(...(hasScenario ? ['Scenario'] : []), subjectTitle([...rows.crossed, ...rows.excused]), 'Not held'),
            groups
              .slice(0, detail.shown)
              .map((group) => [
                ...(hasScenario ? [cell(short(group.scenario))] : []),
                cell(short(group.subject ?? 'all')),
                cell(short(group.rows.map(shortRow).join('; ')), group.rows.some(decides) ? 'bad' : 'caution'),
              ]),
          ),
        ]),
    ...(groups.length > detail.shown
      ? [paragraph(`And ${counted(groups.length - detail.shown, 'more endpoint')}: see the thresholds below.`)]
      : []),
  ];
}

function decides(row: ThresholdRow): boolean {
  return !isExcused(row);
}

/** Folded up: a reviewer wants it only now and then. */
function details(title: string, blocks: readonly Block[]): string {
  if (blocks.length === 0) return '';
  return `<details><summary>${title}</summary>\n\n${blocksMarkdown(blocks)}\n</details>\n`;
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
