import type { Block } from '../core/spec/document/blocks.ts';
import { list, paragraph } from '../core/spec/document/cells.ts';
import { formatCount, formatMs } from '../core/spec/units.ts';
import { counted } from '../core/spec/words.ts';
import { renderTerminal as renderBlocks } from './document/render-terminal.ts';
import type { Report } from './model/report.ts';
import {
  answersOf,
  asidesOf,
  otherReasons,
  reasonLine,
  requestsText,
  thresholdsText,
  untold,
} from './summary-lines.ts';
import { toneOf } from './terminal-tables.ts';

const MOST_REASONS = 3;
const MOST_ANSWERS = 3;

/**
 * What a log says of a run that has ended: each sentence in one line, to be searched for. Its tables are in the report.
 * @param hasColour whether the log takes colours and the user wants them
 */
export function renderLog(report: Report, hasColour: boolean): string {
  return renderBlocks([logLines(report)], hasColour).trim();
}

function logLines(report: Report): Block[] {
  const { verdict, decision, problems, thresholds } = report;
  const { words, reasons } = decision.advice;
  const left = untold(
    [...otherReasons(report, reasons), ...problems.map(({ summary }) => summary)].map((text) => ({ text })),
    reasons,
  ).map(({ text }) => text);
  const shown = [...reasons, ...(verdict === 'pass' ? [] : left)].slice(0, MOST_REASONS);
  const answers = answersOf(report, shown);
  const told = [...shown, ...answers.map(({ text }) => text)];
  const more = untold(
    left.map((text) => ({ text })),
    told,
  ).length;
  return [
    { kind: 'verdict', tone: toneOf(verdict), text: decision.headline },
    // Without a policy there is nothing to say of a release.
    ...(decision.recommendation === 'no policy' ? [] : [paragraph(words)]),
    ...shown.map((reason) => reasonLine(reason, problems)),
    ...list(more === 0 ? [] : [`and ${counted(more, 'more finding')}: see report.html`]),
    ...answers
      .slice(0, MOST_ANSWERS)
      .map(({ scenario, text }) => paragraph(scenario === '' ? text : `${scenario}: ${text}`)),
    ...list(
      answers.length > MOST_ANSWERS
        ? [`and ${counted(answers.length - MOST_ANSWERS, 'more answer')}: see report.html`]
        : [],
    ),
    paragraph(figuresText(report)),
    paragraph(thresholdsText(thresholds)),
    ...asideLine(asidesOf(report, told)),
  ];
}

function figuresText(report: Report): string {
  const { p95 } = report.totals.ok;
  return `${requestsText(report)}${p95 === undefined ? '' : `; p95 of successful responses ${formatMs(p95)}`}`;
}

/** The first of them, and how many others the report has. */
function asideLine([first, ...others]: readonly string[]): Block[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (${formatCount(others.length)} more in report.html)`;
  return [{ kind: 'paragraph', text: `${first}${more}`, isAside: true }];
}
