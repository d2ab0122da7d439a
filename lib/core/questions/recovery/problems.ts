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
      title: comesBack ? 'Recovery after overload is too slow' : 'The service does not recover after overload',
      severity: comesBack ? 'high' : 'critical',
      impact: 'high',
      area: 'availability',
      summary: headline(study),
      description: 'The load is back to its level before the overload, but the service is not back to normal.',
      endpoints: broken,
      evidence: [
        `${formatCount(study.probes.badAfter)} bad probes after the overload, of ${counted(study.probes.answered, 'probe')} in all`,
      ],
      hypotheses: rankHypotheses([
        hypothesis('The service still processes requests whose clients have given up.', {
          for: [study.probes.badAfter > 0 && 'probes stayed slow or failed although nothing more was sent'],
        }),
        hypothesis('Something failed permanently: a pool, a worker or the process.', {
          for: [broken.length > 0 && `${named(broken)} did not recover at all`],
        }),
      ]),
      todo: {
        urgency: 'must',
        text: 'Limit the queue and drop requests whose clients have given up, so that no work is left after an overload.',
      },
    }),
  ];
}
