import type { Block, Text } from '../../core/spec/document/blocks.ts';
import { heading, list, paragraph } from '../../core/spec/document/cells.ts';
import type { Finding, Hypothesis, Problem } from '../../core/spec/document/finding.ts';
import type { Report } from '../model/report.ts';

export function findingsSection({ problems, positives, endpoints }: Report): Block[] {
  const pathOf = (id: string) => endpoints.find((endpoint) => endpoint.id === id)?.path ?? id;
  return [
    heading(2, 'Findings'),
    ...(problems.length === 0 ? [paragraph('No problem was found in what was measured.')] : []),
    ...problems.flatMap((problem, i) => problemBlocks(problem, i + 1, pathOf)),
    heading(2, 'Positive findings'),
    ...(positives.length === 0 ? [paragraph('Nothing was shown to work well enough to be named here.')] : []),
    ...positives.flatMap((finding, i) => [heading(3, `${i + 1}. ${finding.title}`), ...bodyOf(finding, pathOf)]),
  ];
}

function problemBlocks(problem: Problem, number: number, pathOf: (id: string) => string): Block[] {
  const { severity, impact, title, hypotheses, recommendations } = problem;
  return [
    heading(3, `${number}. ${severity.toUpperCase()}: ${title}`),
    paragraph([
      { strong: 'Severity: ' },
      severity,
      '. ',
      { strong: 'Impact: ' },
      impact,
      '. ',
      { strong: 'At stake: ' },
      problem.area,
      '.',
    ]),
    ...bodyOf(problem, pathOf),
    ...(hypotheses.length > 0
      ? [heading(4, 'What may be behind it'), ...list(hypotheses.map(hypothesisText), true)]
      : []),
    heading(4, 'What to do'),
    ...list(
      recommendations.map(({ urgency, text }) => [
        { strong: `${urgency[0]?.toUpperCase()}${urgency.slice(1)}: ` },
        text,
      ]),
    ),
    ...recommendations.flatMap(({ code }): Block[] =>
      code === undefined
        ? []
        : [
            paragraph(`${code.purpose}, with the declared stack:`),
            { kind: 'code', language: code.language, text: code.text },
          ],
    ),
  ];
}

const MOST_EVIDENCE = 15;

function bodyOf({ summary, description, endpoints, evidence }: Finding, pathOf: (id: string) => string): Block[] {
  const more = evidence.length - MOST_EVIDENCE;
  return [
    paragraph(`${summary} ${description}`),
    ...(endpoints.length > 0 ? [paragraph([{ strong: 'Endpoints: ' }, ...codes(endpoints.map(pathOf))])] : []),
    heading(4, 'Evidence'),
    ...list(more > 0 ? [...evidence.slice(0, MOST_EVIDENCE), `and ${more} more: see the tables`] : evidence),
  ];
}

const MOST_CODES = 20;

function codes(paths: readonly string[]): Exclude<Text, string>[number][] {
  const shown = paths.slice(0, MOST_CODES).flatMap((path, i) => [i === 0 ? '' : ', ', { code: path }]);
  return paths.length > MOST_CODES ? [...shown, ` and ${paths.length - MOST_CODES} more`] : shown;
}

function hypothesisText({ statement, supportedBy, contradictedBy }: Hypothesis): Text {
  return [
    statement,
    ' ',
    { strong: 'For: ' },
    `${supportedBy.join('; ')}.`,
    ...(contradictedBy.length > 0 ? [' ', { strong: 'Against: ' }, `${contradictedBy.join('; ')}.`] : []),
  ];
}
