import type { StoredThreshold } from '../../core/run-summary.ts';
import { METRICS, marginOf } from '../../core/threshold.ts';
import type { RunEvidence } from './evidence.ts';

/** A threshold with what was measured, and how far apart they are. */
export interface ThresholdRow extends StoredThreshold {
  /** The run it is of. */
  readonly scenario: string;
  readonly title: string;
  /** Distance from the limit as a share of it, negative beyond it; absent for counts and where nothing was measured. */
  readonly margin?: number;
  /** So few replies that the percentile is one of the slowest: it is judged, and can be an accident. */
  readonly hasFewSamples?: true;
}

/** A percentile q of n samples needs n(1-q) of them beyond it to be more than a few accidents. */
const LEAST_BEYOND = 20;

export function thresholdRows({ thresholds, scenario }: RunEvidence): ThresholdRow[] {
  return thresholds.map((threshold) => {
    const margin = marginOf(threshold);
    const { metric, samples, title } = threshold;
    const isFew = metric === 'okP95Ms' && samples !== undefined && samples > 0 && samples * 0.05 < LEAST_BEYOND;
    return {
      ...threshold,
      scenario,
      title: title ?? (isOwn(metric) ? METRICS[metric].title : metric),
      ...(margin === undefined ? {} : { margin }),
      ...(isFew ? { hasFewSamples: true } : {}),
    };
  });
}

function isOwn(metric: string): metric is keyof typeof METRICS {
  return Object.hasOwn(METRICS, metric);
}
