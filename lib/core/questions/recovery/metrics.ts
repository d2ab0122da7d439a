import type { QuestionMetrics } from '../question.ts';
import type { RecoveryPlan, RecoveryStudy } from './answer.ts';

export const METRICS = {
  /** `recovery`: seconds from the end of the overload until all is as before, at most. */
  recoverySeconds: {
    title: 'recovery after overload',
    operator: '<=',
    unit: 'seconds',
    measure: ({ recoveredAfterSeconds, watchedSeconds, probes }) => [
      recoveredAfterSeconds ?? watchedSeconds,
      probes.answered,
    ],
  },
  /** `recovery`: endpoints that are not as before when the watch ends, at most. */
  brokenAfterOverload: {
    title: 'endpoints still not as before at the end',
    operator: '<=',
    unit: 'count',
    measure: ({ endpoints, recoveredAfterSeconds, probes }) => {
      const broken = endpoints.filter(({ isBroken }) => isBroken).length;
      return [recoveredAfterSeconds === undefined ? Math.max(1, broken) : broken, probes.answered];
    },
  },
} as const satisfies QuestionMetrics<RecoveryPlan, RecoveryStudy>;
