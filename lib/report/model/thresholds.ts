import { customMetricOf } from '../../core/judge/custom-metrics.ts';
import { journeyMetricOf } from '../../core/judge/journey-metrics.ts';
import { marginOf } from '../../core/judge/margin.ts';
import { okLatencyOf } from '../../core/judge/ok-latencies.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import type { StoredThreshold } from '../../core/judge/threshold.ts';
import { titleOfStored } from '../../core/judge/threshold-text.ts';
import { hasEnoughBeyond, stabilityOf } from '../../core/measure/percentile-stability.ts';
import type { Questions } from '../../core/questions/question.ts';
import { present } from '../../core/spec/present.ts';

/** A threshold with what was measured, and how far apart they are. */
export interface ThresholdRow extends StoredThreshold {
  /** The run it is of. */
  readonly scenario: string;
  readonly title: string;
  /** Distance from the limit as a share of it, negative beyond it; absent for counts and where nothing was measured. */
  readonly margin?: number;
  /** So few replies that the percentile is one of the slowest: it is judged, and can be an accident. */
  readonly hasFewSamples?: true;
  /** The percentile sits on a step of its distribution: as likely as not it would be on the other side of its limit. */
  readonly unstable?: { readonly lowMs: number; readonly highMs: number };
  /** Share (0-1) of the replies that were slower than the limit of a percentile: stable where the percentile is not. */
  readonly shareOverLimit?: number;
}

type RowSource = Pick<StoredRun, 'thresholds' | 'scenario' | 'totals' | 'endpoints'>;

export function thresholdRows(
  { thresholds, scenario, totals, endpoints }: RowSource,
  questions?: Questions,
): ThresholdRow[] {
  return thresholds.map((threshold: StoredThreshold) => {
    const margin = marginOf(threshold);
    const { metric, samples, title } = threshold;
    const okQuantile = okLatencyOf(metric)?.quantile;
    const quantile = quantileOf(threshold);
    const isFew = quantile !== undefined && samples !== undefined && samples > 0 && !hasEnoughBeyond(quantile, samples);
    const judged = threshold.endpoint === undefined ? totals : endpoints.find(({ id }) => id === threshold.endpoint);
    const stability =
      okQuantile !== undefined && judged !== undefined
        ? stabilityOf(judged.latencyMs.ok, okQuantile, threshold.limit)
        : undefined;
    return {
      ...threshold,
      scenario,
      title: title ?? titleOfStored(metric, questions),
      ...present({ margin }),
      ...(isFew ? { hasFewSamples: true } : {}),
      ...present({ shareOverLimit: stability?.shareOverLimit }),
      ...(stability?.isUnstable ? { unstable: { lowMs: stability.lowMs, highMs: stability.highMs } } : {}),
    };
  });
}

/** The quantile (0-1) that a threshold looks at; undefined where it looks at none. */
export function quantileOf(threshold: StoredThreshold): number | undefined {
  const { metric } = threshold;
  const own = okLatencyOf(metric) ?? journeyMetricOf(metric) ?? customMetricOf(metric);
  return own === undefined ? quantileOfK6(threshold) : own.quantile;
}

/** Of one of k6's, such as `p(99) of …`. */
function quantileOfK6({ title, unit }: StoredThreshold): number | undefined {
  const percentile = unit === 'ms' ? /^p\((\d+(?:\.\d+)?)\) of /.exec(title ?? '')?.[1] : undefined;
  return percentile === undefined ? undefined : Number(percentile) / 100;
}
