import pc from 'picocolors';
import { isExcused } from '../../core/judge/threshold-order.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import { formatCount } from '../../core/spec/units.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, marginText } from '../sections/threshold-texts.ts';
import { oneLine, plainTable } from '../terminal-text.ts';
import type { Gate, GatedRun, UnreadableInput } from './gate.ts';
import { gateRemark, sortRows } from './rows.ts';

const MOST_HELD = 24;

/** The verdict as a terminal or a log shows it. @param hasColour whether the terminal takes colours and the user wants them */
export function renderGateTerminal(gate: Gate, hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const paint = (verdict: Gate['verdict'] | ThresholdRow['verdict'], text: string) =>
    verdict === 'pass' ? colours.green(text) : isExcused({ verdict }) ? colours.yellow(text) : colours.red(text);
  const { crossed, excused, held } = sortRows(gate);
  const shown = [...crossed, ...excused, ...held.slice(0, MOST_HELD)];
  const hidden = held.length - Math.min(held.length, MOST_HELD);
  return [
    '',
    colours.bold(paint(gate.verdict, oneLine(gate.headline))),
    ...gate.reasons.map((reason) => `  - ${oneLine(reason)}`),
    '',
    ...gate.runs.map(runLine),
    ...(shown.length > 0 ? ['', thresholdTable(gate, shown, paint)] : []),
    ...(hidden > 0 ? [`  and ${formatCount(hidden)} more that hold, further from their limits`] : []),
    ...gate.unreadable.flatMap(unreadableLines),
    ...[...gate.notes, ...gate.runs.flatMap(({ notes }) => notes)].map((note) => colours.dim(`Note: ${oneLine(note)}`)),
    '',
  ].join('\n');
}

/** `20261124T090000Z-smoke-a1b2c3 (smoke): pass; 60 requests, ended 2026-11-24T09:00:12Z, commit 0d5b5e6d06ec, k6 exit code 0`. */
function runLine({ runId, scenario, verdict, requests, endedAt, commit, release, k6ExitCode }: GatedRun): string {
  const facts = [
    `${formatCount(requests)} requests`,
    ...(release === undefined ? [] : [`release ${release}`]),
    ...(endedAt === undefined ? [] : [`ended ${endedAt.replace(/\.\d+Z$/, 'Z')}`]),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    `k6 exit code ${k6ExitCode ?? 'not known'}`,
  ];
  return oneLine(`${runId} (${scenario}): ${verdictText(verdict)}; ${facts.join(', ')}`);
}

function thresholdTable(
  { runs }: Gate,
  rows: readonly ThresholdRow[],
  paint: (verdict: ThresholdRow['verdict'], text: string) => string,
): string {
  const hasScenario = runs.length > 1;
  const hasRemarks = rows.some((row) => gateRemark(row) !== '');
  const head = ['threshold', 'endpoint', 'limit', 'actual', 'margin', 'samples', 'verdict'];
  const table = plainTable([...(hasScenario ? ['scenario'] : []), ...head, ...(hasRemarks ? ['remark'] : [])]);
  for (const row of rows) {
    table.push([
      ...(hasScenario ? [oneLine(row.scenario)] : []),
      oneLine(row.title),
      oneLine(row.endpoint ?? 'all'),
      limitText(row),
      actualText(row),
      marginText(row),
      row.samples === undefined ? '–' : formatCount(row.samples),
      paint(row.verdict, verdictText(row.verdict)),
      ...(hasRemarks ? [oneLine(gateRemark(row))] : []),
    ]);
  }
  return table.toString();
}

function unreadableLines({ what, received, expected, todo }: UnreadableInput): string[] {
  return [
    '',
    oneLine(what),
    ...(received === undefined ? [] : [`  received: ${oneLine(received)}`]),
    ...(expected === undefined ? [] : [`  expected: ${oneLine(expected)}`]),
    ...(todo === undefined ? [] : [`  to do:    ${oneLine(todo)}`]),
  ];
}
