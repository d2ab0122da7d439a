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
      title: 'What one user met before the load does not fit the load',
      severity: 'medium',
      impact: 'low',
      area: 'measurement',
      summary: `${named(pathsOf(affected))} answered the load, and not the one user before it.`,
      description: 'How these endpoints do with one user is not known, so nothing is compared with it.',
      endpoints: idsOf(affected),
      evidence: affected.map(
        ({ path, atRest, outcomes }) =>
          `${path}: at rest ${outcomesText(outcomeRows(atRest?.outcomes ?? {}))}${atRest?.causes?.length ? ` (${atRest.causes.join(', ')})` : ''}; under load ${counted(countOutcomes(outcomes, 'ok'), 'successful response', 'successful responses')}`,
      ),
      hypotheses: rankHypotheses([
        hypothesis('The load sends something that is not sent before it, such as a token that its script gets.', {
          for: ['the load was answered'],
        }),
        hypothesis('The service was not ready yet.', { for: ['it was met before the load began'] }),
      ]),
      recommendations: [
        {
          urgency: 'could',
          text: 'Leave the requests at rest out (`--no-baseline`), or let the endpoint be sent as it is declared.',
        },
      ],
    },
  ];
};
