import { hypothesis, type Problem, rankHypotheses } from '../../spec/document/finding.ts';
import { formatCount } from '../../spec/units.ts';
import { counted, named } from '../../spec/words.ts';
import { problem } from '../found-problem.ts';
import type { RecoveryStudy } from './answer.ts';
import { headline } from './headline.ts';

/** Findings of an answer. */
export function problems(study: RecoveryStudy, isTooSlow: boolean): Problem[] {
  const { recoveredAfterSeconds, goodAgainAfterSeconds, endpoints } = study;
  const comesBack = recoveredAfterSeconds !== undefined || goodAgainAfterSeconds !== undefined;
  if (comesBack && !isTooSlow) return [];
  const broken = endpoints.filter(({ isBroken }) => isBroken).map(({ endpoint }) => endpoint);
  return [
    problem({
      id: comesBack ? 'slow-recovery' : 'no-recovery',
      title: comesBack ? 'It comes back too slowly after overload' : 'It does not come back after overload',
      severity: comesBack ? 'high' : 'critical',
      impact: 'high',
      area: 'availability',
      summary: headline(study),
      description: 'The load is back to that of before the overload, and the service is not.',
      endpoints: broken,
      evidence: [
        `${formatCount(study.probes.badAfter)} bad probes after the overload, of ${counted(study.probes.answered, 'probe')} in all`,
      ],
      hypotheses: rankHypotheses([
        hypothesis('Requests whose clients have long gone are still worked off.', {
          for: [study.probes.badAfter > 0 && 'probes stayed slow or failed although nothing more was sent'],
        }),
        hypothesis('Something broke for good: a pool, a worker, the process.', {
          for: [broken.length > 0 && `${named(broken)} did not come back at all`],
        }),
      ]),
      todo: {
        urgency: 'must',
        text: 'Bound the queue and drop what its client gave up on, so that the work of an overload ends with it.',
      },
    }),
  ];
}
