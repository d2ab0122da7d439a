import { countEnded, countStopped } from '../../../core/measure/measure-journeys.ts';
import type { JourneySummary } from '../../../core/measure/measured.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatCount, formatShare } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { causesText } from '../causes.ts';
import type { EndpointEvidence, RunEvidence } from '../evidence.ts';
import { stopsOf } from '../journeys.ts';
import type { Rule } from './rule.ts';

/** Journeys that their own code ended, since a reply was not what they need to go on. */
export const stoppedJourneys: Rule = ({ runs, endpoints }) => {
  const stopped = runs.flatMap((run) =>
    (run.journeys ?? []).filter((each) => countStopped(each.stoppedAt) > 0).map((journey) => ({ run, journey })),
  );
  if (stopped.length === 0) return [];
  const count = sum(stopped.map(({ journey }) => countStopped(journey.stoppedAt)));
  const ended = sum(runs.flatMap(({ journeys = [] }) => journeys.map(countEnded)));
  const share = count / ended;
  const worst = Math.max(...stopped.map(({ journey }) => stoppedShare(journey)));
  const where = [...new Set(stopped.flatMap(({ journey }) => stopsOf(journey).map(({ endpoint }) => endpoint)))];
  const isCrossed = stopped.some(isBelowBudget);
  return [
    {
      id: 'journeys-stopped',
      title: 'Journeys stopped before their end',
      severity: worst >= 0.5 ? 'critical' : worst >= 0.01 || isCrossed ? 'high' : 'medium',
      impact: worst >= 0.01 ? 'high' : 'medium',
      area: 'user experience',
      summary: `${formatCount(count)} of ${counted(ended, 'journey')} that ended (${formatShare(share)}) stopped, at ${named(where)}.`,
      description: 'The user could not continue, so the rest of the journey was not sent.',
      endpoints: where,
      evidence: stopped.flatMap(({ run, journey }) => linesOf(journey, endpoints, runs.length > 1 ? run : undefined)),
      hypotheses: rankHypotheses([
        hypothesis('The service fails at these steps under load.', {
          for: [where.length < askedBy(stopped).length && `other steps of the same journeys go on`],
        }),
      ]),
      recommendations: [
        {
          urgency: worst >= 0.01 || isCrossed ? 'must' : 'should',
          text: `Find out why ${named(where)} did not answer as expected, beginning with the commonest cause.`,
        },
      ],
    },
  ];
};

interface StoppedJourney {
  readonly run: RunEvidence;
  readonly journey: JourneySummary;
}

function stoppedShare(journey: JourneySummary): number {
  return countStopped(journey.stoppedAt) / countEnded(journey);
}

function isBelowBudget({ run, journey }: StoppedJourney): boolean {
  return run.thresholds.some(
    ({ metric, journey: name, verdict }) =>
      metric === 'journeysCompletedShare' && name === journey.name && verdict === 'fail',
  );
}

function askedBy(stopped: readonly StoppedJourney[]): string[] {
  return [...new Set(stopped.flatMap(({ journey }) => journey.endpoints))];
}

function linesOf(
  journey: JourneySummary,
  endpoints: readonly EndpointEvidence[],
  run: RunEvidence | undefined,
): string[] {
  const ended = countEnded(journey);
  const name = run === undefined ? journey.name : `${run.scenario}: ${journey.name}`;
  return stopsOf(journey).map(({ endpoint, count }) => {
    const causes = endpoints.find(({ id }) => id === endpoint)?.causes ?? [];
    const why = causes.length === 0 ? '' : `; its requests that were not ok: ${causesText(causes)}`;
    return `${name}: ${formatCount(count)} of ${formatCount(ended)} (${formatShare(count / ended, ended)}) stopped at ${endpoint}${why}`;
  });
}
