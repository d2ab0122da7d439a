import { subjectOf } from '../../core/judge/threshold.ts';
import { isExcused } from '../../core/judge/threshold-order.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, list, paragraph, table } from '../../core/spec/document/cells.ts';
import { formatCount, formatDuration, formatMoment, formatMs, formatRate, formatShare } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import { type BlockGroup, renderTerminal } from '../document/render-terminal.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, subjectTitle, usedText } from '../sections/threshold-texts.ts';
import { findingLine } from '../summary-lines.ts';
import { toneOf } from '../terminal-tables.ts';
import type { Gate, GatedRun, UnreadableInput } from './gate.ts';
import { shorten } from './gate-details.ts';
import {
  bySubject,
  countsText,
  gateRemark,
  notesShown,
  otherReasons,
  sortRows,
  untoldFindings,
  untoldReasons,
} from './rows.ts';

const MOST_HELD = 24;
const MOST_REASONS = 5;
/** More of them are told by what they are on. */
const MOST_NOT_HELD = 12;
const MOST_GROUPS = 10;
/** Characters of what is said of one endpoint, and of the names of several. */
const LONGEST = 110;
const LONGEST_NAMES = 40;

/** The verdict as a terminal or a log shows it. @param hasColour whether the terminal takes colours and the user wants them @param columns how wide the terminal is; without end in a log */
export function renderGateTerminal(gate: Gate, hasColour: boolean, columns?: number): string {
  const all: BlockGroup[] = [
    [
      { kind: 'verdict', tone: toneOf(gate.verdict), text: gate.headline },
      paragraph(gate.decision.sentence),
      ...list(reasonsShown(gate, columns !== undefined)),
    ],
    untoldFindings(gate).map(findingLine),
    gate.runs.map((run) => paragraph(runLine(run))),
    thresholdBlocks(gate, columns !== undefined),
    ...gate.unreadable.map(unreadableLines),
  ];
  const groups = all.filter((group) => group.length > 0);
  const caution = gate.caveats.map((caveat) => `Caution: ${caveat}.`);
  const notes = [...caution, ...notesShown(gate).map((note) => `Note: ${note}`)].map(
    (text): Block => ({ kind: 'paragraph', text, isAside: true }),
  );
  return renderTerminal([...groups.slice(0, -1), [...(groups.at(-1) ?? []), ...notes]], hasColour, columns);
}

/** A log is searched for them: also those that the table has, as far as they are few. */
function reasonsShown(gate: Gate, isNarrow: boolean): string[] {
  const reasons = isNarrow ? otherReasons(gate) : untoldReasons(gate);
  if (reasons.length <= MOST_REASONS) return reasons;
  return [...reasons.slice(0, MOST_REASONS), `and ${reasons.length - MOST_REASONS} more: see the thresholds`];
}

/** `20261124T090000Z-smoke-a1b2c3 (smoke): pass; 60 requests, ended 2026-11-24T09:00:12Z, commit 0d5b5e6d06ec, k6 exit code 0`. */
function runLine(run: GatedRun): string {
  const { runId, scenario, verdict, requests, endedAt, commit, release, k6ExitCode } = run;
  const facts = [
    requests === 0 ? 'no HTTP request' : counted(requests, 'request'),
    ...figuresText(run),
    ...(release === undefined ? [] : [`release ${release}`]),
    ...(endedAt === undefined ? [] : [`ended ${formatMoment(endedAt)}`]),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    `k6 exit code ${k6ExitCode ?? 'not known'}`,
  ];
  return `${runId} (${scenario}): ${verdictText(verdict)}; ${facts.join(', ')}`;
}

function figuresText({
  loadSeconds,
  requestsPerSecond,
  okP95Ms,
  failedShare,
  requests,
  environment,
  target,
}: GatedRun): string[] {
  return [
    ...(loadSeconds === undefined ? [] : [`in ${formatDuration(loadSeconds)}`]),
    ...(requestsPerSecond === undefined ? [] : [formatRate(requestsPerSecond)]),
    ...(okP95Ms === undefined ? [] : [`ok p95 ${formatMs(okP95Ms)}`]),
    ...(failedShare === undefined ? [] : [`${formatShare(failedShare, requests)} failed`]),
    ...(environment === undefined ? [] : [`environment ${environment}`]),
    ...(target === undefined ? [] : [`at ${target}`]),
  ];
}

/** @param isNarrow whether it is for a terminal, where titles are short */
function thresholdBlocks(gate: Gate, isNarrow: boolean): Block[] {
  const { crossed, excused, idle, held } = sortRows(gate);
  if (crossed.length + excused.length > MOST_NOT_HELD) return groupBlocks(gate, isNarrow);
  const shown = [...crossed, ...excused, ...held.slice(0, MOST_HELD), ...idle.slice(0, MOST_HELD)];
  if (shown.length === 0) return [];
  const hidden = held.length - Math.min(held.length, MOST_HELD);
  const more = `  and ${formatCount(hidden)} more that hold, further from their limits`;
  const remarks = [...new Set(shown.map(gateRemark).filter((remark) => remark !== ''))];
  return [
    thresholdTable(gate, shown, remarks, isNarrow),
    ...(hidden > 0 ? [paragraph(more)] : []),
    ...remarks.map((remark, i) => paragraph(`  [${i + 1}] ${remark}`)),
  ];
}

/** Many of them: a line or two for all endpoints or journeys of which the same is to be said, and how many hold. */
function groupBlocks(gate: Gate, isNarrow: boolean): Block[] {
  const rows = sortRows(gate);
  const notHeld = [...rows.crossed, ...rows.excused];
  const groups = bySubject(isNarrow ? notHeld.map((row) => ({ ...row, title: shortTitle(row) })) : notHeld);
  const hasScenario = gate.runs.length > 1;
  const hidden = groups.slice(MOST_GROUPS).flatMap(({ subjects }) => subjects).length;
  return [
    paragraph(countsText(rows)),
    table(
      'Thresholds that are not held',
      left(...(hasScenario ? ['scenario'] : []), subjectTitle(notHeld).toLowerCase(), 'not held'),
      groups
        .slice(0, MOST_GROUPS)
        .map(({ scenario, subjects, text, rows: own }): Cell[] => [
          ...(hasScenario ? [cell(scenario)] : []),
          cell(shorten(named(subjects), LONGEST_NAMES)),
          cell(shorten(text, LONGEST), own.every(isExcused) ? 'caution' : 'bad'),
        ]),
    ),
    ...(hidden > 0 ? [paragraph(`  and ${counted(hidden, 'more endpoint')}: see the report`)] : []),
  ];
}

/** Every latency here is of successful responses, and no success rate has the expected 429s. */
function shortTitle({ title }: ThresholdRow): string {
  return title.replace(/ of successful responses$| \(excluding .*\)$/, '');
}

/** Remarks are footnotes: in a column, one of them would make every line too wide. */
function thresholdTable(
  { runs }: Gate,
  rows: readonly ThresholdRow[],
  remarks: readonly string[],
  isNarrow: boolean,
): Block {
  const hasScenario = runs.length > 1;
  const columns = left(
    ...(hasScenario ? ['scenario'] : []),
    ...['threshold', subjectTitle(rows).toLowerCase(), 'limit', 'actual', 'used', 'samples', 'verdict'],
  );
  return table(
    'Thresholds',
    columns,
    rows.map((row): Cell[] => [
      ...(hasScenario ? [cell(row.scenario)] : []),
      cell(isNarrow ? shortTitle(row) : row.title),
      cell(subjectOf(row) ?? 'all'),
      cell(limitText(row)),
      cell(actualText(row)),
      cell(usedText(row)),
      countCell(row.samples),
      cell(`${verdictText(row.verdict)}${footnoteOf(row, remarks)}`, toneOf(row.verdict)),
    ]),
  );
}

function footnoteOf(row: ThresholdRow, remarks: readonly string[]): string {
  const place = remarks.indexOf(gateRemark(row));
  return place === -1 ? '' : ` [${place + 1}]`;
}

function unreadableLines({ what, received, expected, todo }: UnreadableInput): Block[] {
  const lines = [
    what,
    ...(received === undefined ? [] : [`  received: ${received}`]),
    ...(expected === undefined ? [] : [`  expected: ${expected}`]),
    ...(todo === undefined ? [] : [`  to do:    ${todo}`]),
  ];
  return lines.map((line) => paragraph(line));
}
