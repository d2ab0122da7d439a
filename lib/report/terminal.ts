import { isExcused } from '../core/judge/threshold-order.ts';
import { describeThreshold } from '../core/judge/threshold-text.ts';
import type { Block } from '../core/spec/document/blocks.ts';
import { list, paragraph } from '../core/spec/document/cells.ts';
import { type BlockGroup, renderTerminal as renderBlocks } from './document/render-terminal.ts';
import { shorten } from './gate/gate-details.ts';
import type { Report } from './model/report.ts';
import { remarkText } from './sections/threshold-texts.ts';
import {
  answersOf,
  asidesOf,
  findingLine,
  otherReasons,
  reasonLine,
  requestsText,
  thresholdsText,
  untold,
} from './summary-lines.ts';
import { mostLines, TERMINAL_DETAILS, type TerminalDetail } from './terminal-details.ts';
import { endpointBlocks, journeyBlocks, moreThan, runBlocks, toneOf } from './terminal-tables.ts';

/**
 * What is known of a run when it has ended, on one screen: in as much detail as fits, the report has the rest.
 * @param hasColour whether the terminal takes colours and the user wants them
 * @param columns how wide the terminal is; without end where a text is searched
 */
export function renderTerminal(report: Report, hasColour: boolean, columns?: number): string {
  let text = '';
  for (const detail of TERMINAL_DETAILS) {
    text = renderBlocks(terminalGroups(report, detail), hasColour, columns);
    if (text.trim().split('\n').length <= mostLines(report)) break;
  }
  return text;
}

function terminalGroups(report: Report, detail: TerminalDetail): BlockGroup[] {
  const { decision, runs } = report;
  const { words, reasons } = decision.advice;
  const short = (text: string) => shorten(text, detail.longest);
  const answers = answersOf(report, reasons);
  const shownAnswers = answers.slice(0, detail.runs);
  const others = otherReasons(report, reasons);
  const shownOthers = others.slice(0, detail.otherReasons);
  const told = [...reasons, ...shownOthers, ...answers.map(({ text }) => text)];
  return [
    [
      { kind: 'verdict', tone: toneOf(report.verdict), text: decision.headline },
      paragraph([{ strong: words }]),
      ...reasons.map((reason) => reasonLine(reason, report.problems, short)),
      ...list(shownOthers.map(short)),
      ...moreThan(others.length - shownOthers.length, 'more reasons'),
    ],
    [
      ...shownAnswers.map(({ scenario, text }) =>
        paragraph([...(runs.length > 1 ? [`${scenario}: `] : []), { strong: short(text) }]),
      ),
      ...moreThan(answers.length - shownAnswers.length, 'more answers'),
    ],
    [paragraph(requestsText(report))],
    runBlocks(report, detail.runs),
    journeyBlocks(report, detail.journeys),
    [...endpointBlocks(report, detail), ...thresholdLines(report, told, detail)],
    findingLines(report, told, detail),
    asideLines(report, told, detail),
  ];
}

function findingLines({ problems }: Report, told: readonly string[], { findings, longest }: TerminalDetail): Block[] {
  const left = untold(
    problems.map(({ severity, summary }) => ({ severity, text: summary })),
    told,
  );
  return [
    ...left.slice(0, findings).map(({ severity, text }) => findingLine({ severity, summary: shorten(text, longest) })),
    ...moreThan(left.length - findings, 'more findings'),
  ];
}

/** How many hold, in one line; below it what a reader must know of some. */
function thresholdLines(
  { thresholds, runs }: Report,
  told: readonly string[],
  { remarks, longest }: TerminalDetail,
): Block[] {
  const all = thresholds
    .filter((row) => (isExcused(row) && row.verdict !== 'idle') || row.unstable !== undefined)
    .map((row) => ({
      text: `${runs.length > 1 ? `${row.scenario}: ` : ''}${describeThreshold(row)}; ${remarkText(row)}`,
    }));
  const left = untold(all, told);
  return [
    paragraph(thresholdsText(thresholds)),
    ...left.slice(0, remarks).map(({ text }) => aside(`  ${shorten(text, longest)}`)),
    ...moreThan(left.length - remarks, 'more remarks on thresholds'),
  ];
}

function asideLines(report: Report, told: readonly string[], { asides, longest }: TerminalDetail): Block[] {
  const all = asidesOf(report, told);
  return [
    ...all.slice(0, asides).map((text) => aside(shorten(text, longest))),
    ...moreThan(all.length - asides, 'more notes'),
  ];
}

function aside(text: string): Block {
  return { kind: 'paragraph', text, isAside: true };
}
