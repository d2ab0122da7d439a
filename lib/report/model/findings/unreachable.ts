import { type OutcomeOfKind, outcomesOfKind } from '../../../core/measure/outcome.ts';
import { hypothesis, rankHypotheses } from '../../../core/spec/document/finding.ts';
import { formatShare } from '../../../core/spec/units.ts';
import { counted } from '../../../core/spec/words.ts';
import { causeLines } from '../causes.ts';
import { countOutcomes } from '../figures.ts';
import { idsOf, onPaths, type Rule } from './rule.ts';

/** Requests that never got as far as the service: its name, or its certificate. */
export const unreachable: Rule = ({ totals, endpoints }) =>
  outcomesOfKind('not_reached').flatMap((outcome) => {
    const count = countOutcomes(totals.outcomes, outcome);
    if (count === 0) return [];
    const affected = endpoints.filter(({ outcomes }) => countOutcomes(outcomes, outcome) > 0);
    const causes = [...new Set(affected.flatMap(({ atRest }) => atRest?.causes ?? []))];
    const isAlways = affected.some(({ atRest }) => countOutcomes(atRest?.outcomes ?? {}, outcome) > 0);
    const { title, statement, advice } = TEXTS[outcome];
    return [
      {
        id: `unreachable-${outcome.replace('_', '-')}`,
        title,
        severity: count / totals.requests >= 0.01 ? 'critical' : 'high',
        impact: 'high',
        area: 'availability',
        summary: `${formatShare(count / totals.requests, totals.requests)} of all requests (${counted(count, 'request')}): ${title.charAt(0).toLowerCase()}${title.slice(1)}.`,
        description: 'These requests got no response, so they show nothing about latency.',
        endpoints: idsOf(affected),
        evidence: [
          `${counted(count, 'request')}${onPaths(affected, ' ')}`,
          ...causeLines(affected, [outcome]),
          ...causes.map((cause) => `seen without load: ${cause}`),
        ],
        hypotheses: rankHypotheses([
          hypothesis(statement, {
            for: [isAlways && 'it fails even without load', !isAlways && 'it is what k6 reports'],
            against: [!isAlways && (totals.outcomes.ok ?? 0) > 0 && 'other requests got through'],
          }),
          hypothesis('The service fails under this load.', {
            for: [!isAlways && (totals.outcomes.ok ?? 0) > 0 && 'other requests got through'],
          }),
        ]),
        recommendations: [{ urgency: 'must', text: advice }],
      },
    ];
  });

/** What is said of each of them. */
interface Texts {
  readonly title: string;
  readonly statement: string;
  readonly advice: string;
}

const TEXTS: Record<OutcomeOfKind<'not_reached'>, Texts> = {
  dns: {
    title: 'The name of the target is not resolved',
    statement: 'The host name is wrong, or unknown where the load is made.',
    advice: 'Check the name in BASE_URL from the load generator.',
  },
  tls: {
    title: 'The TLS connection fails',
    statement:
      'The certificate does not fit the name, has expired, or comes from an authority this machine does not trust.',
    advice: 'Check the certificate of the target with the name that BASE_URL uses.',
  },
  other_error: {
    title: 'Requests fail on the way for another reason',
    statement: 'What answered did not speak HTTP as it should.',
    advice: 'Look up the errors in k6.log of the run.',
  },
};
