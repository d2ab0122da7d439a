import { outcomeRows, outcomesText } from '../../../core/measure/outcome-rows.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { counted, named } from '../../../core/spec/words.ts';
import { isBrokenAtRest, isNotOkAtRest, pathsOf } from '../evidence.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, type Rule } from './rule.ts';

/** Endpoints that answered the load, and not the one user before it: then the two did not send the same. */
export const notOkAtRest: Rule = ({ endpoints }) => {
  const affected = endpoints.filter((endpoint) => isNotOkAtRest(endpoint) && !isBrokenAtRest(endpoint));
  if (affected.length === 0) return [];
  return [
    {
      id: 'not-ok-at-rest',
      title: 'The unloaded baseline does not match the load',
      severity: 'medium',
      impact: 'low',
      area: 'measurement',
      summary: `${named(pathsOf(affected))} succeeded under load, but not in the unloaded baseline.`,
      description:
        'The unloaded latency of these endpoints is not known, so their latency under load is not compared with it.',
      endpoints: idsOf(affected),
      evidence: affected.map(
        ({ path, atRest, outcomes }) =>
          `${path}: unloaded ${outcomesText(outcomeRows(atRest?.outcomes ?? {}))}${atRest?.causes?.length ? ` (${atRest.causes.join(', ')})` : ''}; under load ${counted(countOutcomes(outcomes, 'ok'), 'successful response', 'successful responses')}`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('The load sends something that the baseline does not, such as a token.', {
          for: ['requests of the load succeeded'],
        }),
        hypothesis('The service was not ready yet.', { for: ['it was seen before the load began'] }),
      ]),
      recommendations: [
        {
          urgency: 'could',
          text: 'Skip the unloaded baseline (`--no-baseline`), or make the declared request valid by itself.',
        },
      ],
    },
  ];
};
