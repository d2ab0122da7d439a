import { isExcused } from '../../core/judge/threshold-order.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Block, Text, Tone } from '../../core/spec/document/blocks.ts';
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
  rateCell,
  right,
  shareCell,
  table,
} from '../../core/spec/document/cells.ts';
import { formatDuration } from '../../core/spec/units.ts';
import { counted, named } from '../../core/spec/words.ts';
import { isTold } from '../model/decision-sentence.ts';
import { subjectTitle } from '../sections/threshold-texts.ts';
import type { Gate, GatedRun } from './gate.ts';
import { type Detail, more, shorten } from './gate-details.ts';
import {
  bySubject,
  countsText,
  otherReasons,
  type RowGroup,
  type SortedRows,
  unreadableText,
  untoldFindings,
} from './rows.ts';

const MOST_FINDINGS = 3;
const MOST_CAVEATS = 3;

/** What a reviewer must know, on one screen, and nothing of it twice. */
export function gateScreen(gate: Gate, rows: SortedRows, detail: Detail): Block[] {
  const short = (text: string) => shorten(text, detail.longest);
  return [
    heading(3, `Load test: ${verdictText(gate.verdict)}`),
    { kind: 'verdict', text: gate.headline, tone: toneOf(gate) },
    paragraph([{ strong: gate.decision.advice.words }]),
    ...whyBlocks(gate, detail),
    ...scenarioTable(gate.runs.slice(0, detail.shown), short),
    ...cautionBlocks(gate, short),
    ...groupBlocks(gate, rows, detail),
    ...unreadableBlocks(gate, detail, short),
  ];
}

function toneOf({ verdict }: Gate): Tone {
  if (verdict === 'pass') return 'good';
  return verdict === 'fail' || verdict === 'incomplete' || verdict === 'not_released' ? 'bad' : 'caution';
}

/** The reasons of the decision, whatever else the verdict has, and up to three findings that are not among them. */
function whyBlocks(gate: Gate, detail: Detail): Block[] {
  const told = adviceText(gate);
  const unread = gate.unreadable.map(unreadableText);
  // What could not be read has a list of its own.
  const isElsewhere = (text: string) => unread.some((each) => isTold(each, text));
  const reasons = gate.decision.advice.reasons.filter((reason) => !isElsewhere(reason));
  const others = otherReasons(gate, told).filter((reason) => !isElsewhere(reason));
  const findings = untoldFindings(gate, told);
  const items: Text[] = [
    ...reasons.map((reason) => shorten(reason, 2 * detail.longest)),
    ...others.slice(0, detail.shown).map((reason) => shorten(reason, detail.longest)),
    ...findings
      .slice(0, MOST_FINDINGS)
      .map(({ severity, summary }) => [{ strong: severity }, `: ${shorten(summary, detail.longest)}`]),
  ];
  return [
    ...list(items),
    ...more(others.length - detail.shown, 'reason'),
    ...more(findings.length - MOST_FINDINGS, 'finding'),
  ];
}

function adviceText({ decision }: Gate): string {
  return decision.advice.reasons.join('\n');
}

/** One line of figures for each run. */
function scenarioTable(runs: readonly GatedRun[], short: (text: string) => string): Block[] {
  if (runs.length === 0) return [];
  return [
    table(
      'Scenarios',
      [...left('Scenario', 'Verdict', 'Target'), ...right('Requests', 'Rate', 'ok p95', 'Failed', 'Duration')],
      runs.map((run) => [
        cell(short(run.scenario)),
        cell(verdictText(run.verdict), run.verdict === 'pass' ? 'good' : 'bad'),
        cell(short(placeText(run) ?? NOT_MEASURED)),
        countCell(run.requests),
        rateCell(run.requestsPerSecond),
        msCell(run.okP95Ms),
        shareCell(run.failedShare, run.requests),
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

function cautionBlocks({ caveats }: Gate, short: (text: string) => string): Block[] {
  if (caveats.length === 0) return [];
  const clauses = caveats.slice(0, MOST_CAVEATS).flatMap((caveat) => short(caveat).split('; '));
  // What several runs have in common is said once, after all of them.
  const distinct = clauses.filter((clause, i) => clauses.lastIndexOf(clause) === i);
  const hidden = caveats.length - MOST_CAVEATS;
  return [paragraph(`Caution: ${[...distinct, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('; ')}.`)];
}

/** What is not held, a line for all endpoints or journeys of which the same is to be said. */
function groupBlocks(gate: Gate, rows: SortedRows, { shown, longest }: Detail): Block[] {
  const notHeld = [...rows.crossed, ...rows.excused];
  const groups = bySubject(notHeld, adviceText(gate));
  const hasScenario = gate.runs.length > 1;
  const hidden = groups.slice(shown).flatMap(({ subjects }) => subjects).length;
  const row = ({ scenario, subjects, text, rows: own }: RowGroup) => [
    ...(hasScenario ? [cell(shorten(scenario, longest))] : []),
    cell(shorten(named(subjects), longest)),
    cell(shorten(text, longest), own.every(isExcused) ? 'caution' : 'bad'),
  ];
  return [
    paragraph([{ strong: countsText(rows) }]),
    ...(groups.length === 0
      ? []
      : [
          table(
            'Thresholds that are not held',
            left(...(hasScenario ? ['Scenario'] : []), subjectTitle(notHeld), 'Not held'),
            groups.slice(0, shown).map(row),
          ),
        ]),
    ...(hidden > 0 ? [paragraph(`And ${counted(hidden, 'more endpoint')}: see the thresholds below.`)] : []),
  ];
}

function unreadableBlocks({ unreadable }: Gate, { runs }: Detail, short: (text: string) => string): Block[] {
  if (unreadable.length === 0) return [];
  return [
    paragraph([{ strong: 'Could not be read' }]),
    ...list(
      unreadable
        .slice(0, runs)
        .map((input) =>
          short([unreadableText(input), input.received, input.todo].filter((text) => text !== undefined).join(' – ')),
        ),
    ),
    ...more(unreadable.length - runs, 'input'),
  ];
}
