import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatShare } from '../../../core/spec/units.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { causesBehind } from '../causes.ts';
import { isNotOkAtRest, pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, onPaths, type Rule } from './rule.ts';

/** Replies of class 5xx. */
export const serverErrors: Rule = ({ totals, endpoints }) => {
  const count = countOutcomes(totals.outcomes, 'server_error');
  if (count === 0) return [];
  const affected = endpoints.filter(({ outcomes }) => countOutcomes(outcomes, 'server_error') > 0);
  const atRest = affected.filter(({ atRest: rest }) => countOutcomes(rest?.outcomes ?? {}, 'server_error') > 0);
  const onlyUnderLoad = affected.filter(
    (endpoint) => endpoint.atRest !== undefined && !isNotOkAtRest(endpoint) && !atRest.includes(endpoint),
  );
  const limited = affected.filter(
    ({ rateLimit, outcomes }) => rateLimit !== undefined && (outcomes.rate_limited ?? 0) > 0,
  );
  const share = count / totals.requests;
  return [
    {
      id: 'server-errors',
      title: 'The service answers with server errors',
      severity: share >= 0.01 ? 'critical' : 'high',
      impact: share >= 0.01 ? 'high' : 'medium',
      area: 'availability',
      summary: `${counted(count, 'response', 'responses')} of class 5xx (${formatShare(share)} of all requests)${onPaths(affected)}.`,
      description: 'With a 5xx status the service itself reports a failure.',
      endpoints: idsOf(affected),
      evidence: affected.map((endpoint) => {
        const { path, outcomes, requests, atRest: rest } = endpoint;
        const own = countOutcomes(outcomes, 'server_error');
        const causes = rest?.causes?.length ? `; unloaded ${rest.causes.join(', ')}` : '';
        return `${path}: ${counted(own, 'server error')} in ${counted(requests, 'request')} (${formatShare(own / requests, requests)})${causesBehind(endpoint, ['server_error'])}${causes}`;
      }),
      hypotheses: rankHypotheses([
        hypothesis('A fault in the handler, or something missing that it needs.', {
          for: [atRest.length > 0 && `it happens with one user too: ${named(pathsOf(atRest))}`],
          against: [onlyUnderLoad.length > 0 && `with one user, these answer: ${named(pathsOf(onlyUnderLoad))}`],
        }),
        hypothesis(
          'Something fails under concurrent requests: an empty pool, a race, or a limit of a service behind it.',
          {
            for: [onlyUnderLoad.length > 0 && `with one user, these answer: ${named(pathsOf(onlyUnderLoad))}`],
            against: [atRest.length > 0 && `it happens with one user too: ${named(pathsOf(atRest))}`],
          },
        ),
        hypothesis('The limiter itself fails instead of answering 429.', {
          for: [
            limited.length > 0 &&
              limited.length === affected.length &&
              `only endpoints that were rate limiting are affected: ${named(pathsOf(limited))}`,
          ],
          against: [limited.length < affected.length && 'endpoints without a limit are affected as well'],
        }),
      ]),
      recommendations: [
        {
          urgency: 'must',
          text: `Find the exceptions behind the errors of ${named(pathsOf(affected))} in the service's log, and repair them.`,
        },
      ],
    },
  ];
};
