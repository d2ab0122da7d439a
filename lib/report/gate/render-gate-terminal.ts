import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, countCell, left, list, paragraph, table } from '../../core/spec/document/cells.ts';
import { formatCount } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import { type BlockGroup, renderTerminal } from '../document/render-terminal.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { actualText, limitText, marginText } from '../sections/threshold-texts.ts';
import { toneOf } from '../terminal.ts';
import type { Gate, GatedRun, UnreadableInput } from './gate.ts';
import { gateRemark, sortRows } from './rows.ts';

const MOST_HELD = 24;

/** The verdict as a terminal or a log shows it. @param hasColour whether the terminal takes colours and the user wants them */
export function renderGateTerminal(gate: Gate, hasColour: boolean): string {
  const all: BlockGroup[] = [
    [{ kind: 'verdict', tone: toneOf(gate.verdict), text: gate.headline }, ...list(gate.reasons)],
    gate.runs.map((run) => paragraph(runLine(run))),
    thresholdBlocks(gate),
    ...gate.unreadable.map(unreadableLines),
  ];
  const groups = all.filter((group) => group.length > 0);
  const notes = [...gate.notes, ...gate.runs.flatMap((run) => run.notes)].map(
    (note): Block => ({ kind: 'paragraph', text: `Note: ${note}`, isAside: true }),
  );
  return renderTerminal([...groups.slice(0, -1), [...(groups.at(-1) ?? []), ...notes]], hasColour);
}

/** `20261124T090000Z-smoke-a1b2c3 (smoke): pass; 60 requests, ended 2026-11-24T09:00:12Z, commit 0d5b5e6d06ec, k6 exit code 0`. */
function runLine({ runId, scenario, verdict, requests, endedAt, commit, release, k6ExitCode }: GatedRun): string {
  const facts = [
    requests === 0 ? 'no HTTP request' : counted(requests, 'request'),
    ...(release === undefined ? [] : [`release ${release}`]),
    ...(endedAt === undefined ? [] : [`ended ${endedAt.replace(/\.\d+Z$/, 'Z')}`]),
    ...(commit === undefined ? [] : [`commit ${commit.slice(0, 12)}`]),
    `k6 exit code ${k6ExitCode ?? 'not known'}`,
  ];
  return `${runId} (${scenario}): ${verdictText(verdict)}; ${facts.join(', ')}`;
}

function thresholdBlocks(gate: Gate): Block[] {
  const { crossed, excused, idle, held } = sortRows(gate);
  const shown = [...crossed, ...excused, ...held.slice(0, MOST_HELD), ...idle.slice(0, MOST_HELD)];
  if (shown.length === 0) return [];
  const hidden = held.length - Math.min(held.length, MOST_HELD);
  const more = `  and ${formatCount(hidden)} more that hold, further from their limits`;
  return [thresholdTable(gate, shown), ...(hidden > 0 ? [paragraph(more)] : [])];
}

function thresholdTable({ runs }: Gate, rows: readonly ThresholdRow[]): Block {
  const hasScenario = runs.length > 1;
  const hasRemarks = rows.some((row) => gateRemark(row) !== '');
  const columns = left(
    ...(hasScenario ? ['scenario'] : []),
    ...['threshold', 'endpoint', 'limit', 'actual', 'margin', 'samples', 'verdict'],
    ...(hasRemarks ? ['remark'] : []),
  );
  return table(
    'Thresholds',
    columns,
    rows.map((row): Cell[] => [
      ...(hasScenario ? [cell(row.scenario)] : []),
      cell(row.title),
      cell(row.endpoint ?? 'all'),
      cell(limitText(row)),
      cell(actualText(row)),
      cell(marginText(row)),
      countCell(row.samples),
      cell(verdictText(row.verdict), toneOf(row.verdict)),
      ...(hasRemarks ? [cell(gateRemark(row))] : []),
    ]),
  );
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
