import { formatDuration } from '../../spec/units.ts';
import type { MeasuredFigure, QuestionMetrics } from '../question.ts';
import type { RecoveryPlan, RecoveryStudy } from './answer.ts';

export const METRICS = {
  /** `recovery`: seconds from the end of the overload until all is as before, at most. */
  recoverySeconds: {
    title: 'recovery after overload',
    operator: '<=',
    unit: 'seconds',
    measure: secondsToRecover,
  },
  /** `recovery`: endpoints that are not as before when the watch ends, at most. */
  brokenAfterOverload: {
    title: 'endpoints still slow or failing at the end',
    operator: '<=',
    unit: 'count',
    measure: brokenAtEnd,
  },
} as const satisfies QuestionMetrics<RecoveryPlan, RecoveryStudy>;

/**
 * What never came back has no number. It took longer than the watch, give or take the distance of two probes: no probe
 * falls on the very end.
 */
function secondsToRecover(study: RecoveryStudy, limit: number): MeasuredFigure {
  const { recoveredAfterSeconds, goodAgainAfterSeconds, watchedSeconds, probes, probesPerSecond } = study;
  const samples = probes.answered;
  if (recoveredAfterSeconds !== undefined) return { samples, actual: recoveredAfterSeconds };
  if (goodAgainAfterSeconds !== undefined) {
    return {
      samples,
      between: { low: goodAgainAfterSeconds },
      seen: `good again after ${formatDuration(goodAgainAfterSeconds)}, when the watch was nearly over`,
      toTell: `watch for longer than ${formatDuration(Math.max(limit, watchedSeconds))}`,
    };
  }
  const low = watchedSeconds + 1 / probesPerSecond;
  return {
    samples,
    between: { low, isOpen: true },
    seen: `not within ${formatDuration(watchedSeconds)}`,
    toTell: `watch for longer than ${formatDuration(limit)}`,
  };
}

/** Some can be bad together although none of them is alone: then at least one is not as before. */
function brokenAtEnd({
  endpoints,
  recoveredAfterSeconds,
  goodAgainAfterSeconds,
  probes,
}: RecoveryStudy): MeasuredFigure {
  const samples = probes.answered;
  const actual = endpoints.filter(({ isBroken }) => isBroken).length;
  if (recoveredAfterSeconds !== undefined) return { samples, actual };
  if (goodAgainAfterSeconds !== undefined && actual > 0) {
    return {
      samples,
      between: { low: 0, high: actual },
      seen: `at most ${actual}`,
      toTell: 'all were good again when the watch was nearly over: watch for longer',
    };
  }
  if (actual > 0 || goodAgainAfterSeconds !== undefined) return { samples, actual };
  return {
    samples,
    between: { low: 1, high: Math.max(1, endpoints.length) },
    seen: 'at least 1',
    toTell: 'which ones, too few probes say: watch for longer, or with more probes per second',
  };
}
