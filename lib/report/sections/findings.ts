import type { Block, Inline, Text } from '../../core/spec/document/blocks.ts';
import { details, heading, list, paragraph } from '../../core/spec/document/cells.ts';
import type { Finding, Hypothesis, Problem } from '../../core/spec/document/finding.ts';
import { isTold, withoutStop } from '../model/decision-sentence.ts';
import type { Report } from '../model/report.ts';
import { endpointAnchor } from './endpoints.ts';

/** Problems first; what stands at the top of the report, or as an answer, is not said again. */
export function findingsSection({ problems, positives, endpoints, decision, studies }: Report): Block[] {
  const linkTo = (id: string): Inline => {
    const at = endpoints.findIndex((endpoint) => endpoint.id === id);
    return at < 0 ? { code: id } : { link: `#${endpointAnchor(at)}`, text: endpoints[at]?.path ?? id };
  };
  const told = [...decision.advice.reasons, ...studies.map(({ headline }) => headline)];
  const meaningOf = ({ summary, description }: Problem, at: number) => [
    ...(told.some((text) => isTold(summary, text)) ? [] : [summary]),
    ...(problems.slice(0, at).some((earlier) => earlier.description === description) ? [] : [description]),
  ];
  return [
    heading(2, 'Findings'),
    ...(problems.length === 0 ? [paragraph('No problem was found in what was measured.')] : []),
    ...problems.flatMap((problem, i) => problemBlocks(problem, i + 1, meaningOf(problem, i), linkTo)),
    ...details(`What works well (${positives.length})`, list(positives.map(positiveText))),
  ];
}

function positiveText({ title, description }: Finding): Text {
  return [{ strong: `${withoutStop(title)}: ` }, description];
}

/** @param meaning what was not said of it before */
function problemBlocks(
  problem: Problem,
  number: number,
  meaning: readonly string[],
  linkTo: (id: string) => Inline,
): Block[] {
  const { severity, title, endpoints, recommendations } = problem;
  const codes = recommendations.flatMap(({ code }) => code ?? []);
  return [
    heading(3, `${number}. ${severity.toUpperCase()}: ${title}`),
    ...(meaning.length > 0 ? [paragraph(meaning.join(' '))] : []),
    ...(endpoints.length > 0 ? [paragraph([{ strong: 'Endpoints: ' }, ...shown(endpoints.map(linkTo))])] : []),
    ...list(
      recommendations.map(({ urgency, text }) => [
        { strong: `${urgency[0]?.toUpperCase()}${urgency.slice(1)}: ` },
        text,
      ]),
    ),
    ...details(`Evidence for finding ${number}`, [
      ...evidenceBlocks(problem),
      ...codes.flatMap(({ purpose, language, text }): Block[] => [
        paragraph(`${purpose}, with the declared stack:`),
        { kind: 'code', language, text },
      ]),
    ]),
  ];
}

const MOST_EVIDENCE = 15;

function evidenceBlocks({ area, impact, evidence, hypotheses }: Problem): Block[] {
  const more = evidence.length - MOST_EVIDENCE;
  return [
    ...list([
      [{ strong: 'At stake: ' }, `${area} (${impact} impact)`],
      ...evidence.slice(0, MOST_EVIDENCE),
      ...(more > 0 ? [`and ${more} more: see the tables`] : []),
    ]),
    ...(hypotheses.length > 0
      ? [heading(4, 'What may be behind it'), ...list(hypotheses.map(hypothesisText), true)]
      : []),
  ];
}

const MOST_SHOWN = 12;

function shown(endpoints: readonly Inline[]): Inline[] {
  const parts = endpoints.slice(0, MOST_SHOWN).flatMap((each, i) => [...(i === 0 ? [] : [', ']), each]);
  return endpoints.length > MOST_SHOWN ? [...parts, ` and ${endpoints.length - MOST_SHOWN} more`] : parts;
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
