import { OUTCOME_LABELS, type Outcome } from '../../../core/measure/outcome.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { peaksOf } from '../../../core/spec/load-shape.ts';
import { sum } from '../../../core/spec/sum.ts';
import { formatShare } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { causesBehind } from '../causes.ts';
import { type EndpointEvidence, type Evidence, isBrokenAtRest, isTurnedAway, pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

const KINDS = [
  {
    id: 'wrong-content',
    outcomes: ['check_failed'],
    title: 'Responses with the right status have the wrong content',
    statement: 'An error has a success status, or the content check is wrong.',
    advice: 'Look at such a response, and give errors a status of their own',
  },
  {
    id: 'wrong-status',
    outcomes: ['client_error', 'not_found', 'unexpected_status'],
    title: 'Some responses have an unexpected status',
    statement: 'Under load the service loses data of a request: a session, a token or a record.',
    advice: 'Find out which requests these are, in the log of the service',
  },
] as const satisfies readonly { outcomes: readonly Outcome[]; [text: string]: unknown }[];

/** Replies that are wrong now and then; endpoints that never answer otherwise have a finding of their own. */
export const wrongReplies: Rule = ({ endpoints, totals, runs }) =>
  KINDS.flatMap(({ id, outcomes: kinds, title, statement, advice }) => {
    const affected = endpoints.filter(
      (endpoint) =>
        countOutcomes(endpoint.outcomes, ...kinds) > 0 && !isBrokenAtRest(endpoint) && !isTurnedAway(endpoint),
    );
    if (affected.length === 0) return [];
    const count = sum(affected.map(({ outcomes }) => countOutcomes(outcomes, ...kinds)));
    const areFirstOnes = areFirstOfEachUser(affected, kinds, runs);
    const wellAtRest = affected.filter(({ atRest }) => (atRest?.outcomes.ok ?? 0) > 0);
    return [
      {
        id,
        title,
        severity: count / totals.requests >= 0.01 ? 'high' : 'medium',
        impact: 'medium',
        area: 'correctness',
        summary: `${counted(count, 'response', 'responses')} (${formatShare(count / totals.requests, totals.requests)} of all requests): ${title.toLowerCase()}.`,
        description: 'Wrong responses do not count as successful, however fast they are.',
        endpoints: idsOf(affected),
        evidence: affected.flatMap((endpoint) => {
          const { path, outcomes, requests } = endpoint;
          return kinds
            .filter((kind) => countOutcomes(outcomes, kind) > 0)
            .map(
              (kind) =>
                `${path}: ${counted(countOutcomes(outcomes, kind), 'response', 'responses')} ${OUTCOME_LABELS[kind]} of ${counted(requests, 'request')}${causesBehind(endpoint, [kind])}`,
            );
        }),
        hypotheses: rankHypotheses([
          hypothesis(statement, {
            for: [wellAtRest.length > 0 && `with one user, these are right: ${named(pathsOf(wellAtRest))}`],
            against: [areFirstOnes && 'there are no more of them than users'],
          }),
          hypothesis('The first request of each user is rejected because it has no session yet.', {
            for: [areFirstOnes && 'there are no more of them than users', areFirstOnes && 'all of them are 4xx'],
          }),
        ]),
        recommendations: [{ urgency: 'must', text: `${advice}: ${named(pathsOf(affected))}.` }],
      },
    ];
  });

/** Before the load an endpoint is asked once without being counted, so there the first request does not show. */
function areFirstOfEachUser(
  affected: readonly EndpointEvidence[],
  kinds: readonly Outcome[],
  runs: Evidence['runs'],
): boolean {
  const users = sum(runs.map(({ load }) => peaksOf(load.plan ?? {}).users));
  return affected.every(({ outcomes }) => {
    const turnedAway = countOutcomes(outcomes, 'client_error');
    return turnedAway <= users && turnedAway === countOutcomes(outcomes, ...kinds);
  });
}
