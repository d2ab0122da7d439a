import { okLatencyOf } from '../../core/judge/ok-latencies.ts';
import { repliesNeeded, samplesToTell } from '../../core/measure/percentile-stability.ts';
import type { RateLimit } from '../../core/spec/endpoint.ts';
import { present } from '../../core/spec/present.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';
import { quantileOf, type ThresholdRow, thresholdRows } from './thresholds.ts';

/** A judged percentile that another run of the same length could put elsewhere. */
export interface UncertainPercentile {
  readonly run: RunEvidence;
  readonly row: ThresholdRow;
  readonly samples: number;
  /** So many would do; without end where the percentile lies at its limit. */
  readonly needed: number;
  /** The requests were there, and too many of them failed: a longer run is no remedy. */
  readonly lacksByFailures: boolean;
  /** How long a load of this kind takes to have them; absent where that cannot be told. */
  readonly secondsNeeded?: number;
  /** Its declared limit let no more through: beyond it, more load brings no more samples. */
  readonly isHeldBack: boolean;
}

/** Of a run that was cut short it is no news that it was too short. */
export function uncertainPercentiles(run: RunEvidence): UncertainPercentile[] {
  if (run.verdict === 'incomplete') return [];
  return thresholdRows(run).flatMap((row) => {
    const { samples = 0, verdict, hasFewSamples, unstable } = row;
    const quantile = quantileOf(row);
    const isJudged = verdict !== 'idle' && verdict !== 'no_data' && samples > 0;
    if (!isJudged || quantile === undefined || (hasFewSamples ?? unstable) === undefined) return [];
    const needed = neededFor(row, quantile);
    // Of a merged run a percentile can be uncertain for other reasons.
    if (samples >= needed) return [];
    const lacksByFailures = samples + failedRequests(run, row) >= needed;
    const limit = limitMetBy(run, row);
    const secondsNeeded = lacksByFailures ? undefined : secondsFor(run, { samples, needed, limit });
    return [
      { run, row, samples, needed, lacksByFailures, isHeldBack: limit !== undefined, ...present({ secondsNeeded }) },
    ];
  });
}

/** What so many runs together would not tell, a longer one does not either: the percentile lies at its limit. */
const MOST_TIMES = 100;

function neededFor({ unstable, shareOverLimit, samples = 0 }: ThresholdRow, quantile: number): number {
  if (unstable === undefined || shareOverLimit === undefined) return repliesNeeded(quantile);
  const needed = samplesToTell(quantile, shareOverLimit);
  return needed > MOST_TIMES * samples ? Number.POSITIVE_INFINITY : needed;
}

/** Requests that would have been samples, had they been answered well. */
function failedRequests({ totals, endpoints }: RunEvidence, { endpoint, metric }: ThresholdRow): number {
  if (okLatencyOf(metric) === undefined) return 0;
  const judged = endpoint === undefined ? totals : endpoints.find(({ id }) => id === endpoint);
  return judged === undefined ? 0 : judged.requests - countOutcomes(judged.outcomes, 'ok', 'rate_limited');
}

function limitMetBy({ endpoints }: RunEvidence, { endpoint: id }: ThresholdRow): RateLimit | undefined {
  const endpoint = endpoints.find((each) => each.id === id);
  return countOutcomes(endpoint?.outcomes ?? {}, 'rate_limited') > 0 ? endpoint?.rateLimit : undefined;
}

/** In proportion to the length of the load; behind a limit that it met, as the limit lets requests through. */
function secondsFor(
  { load: { windowSeconds = 0 } }: RunEvidence,
  { samples, needed, limit }: { samples: number; needed: number; limit: RateLimit | undefined },
): number | undefined {
  if (windowSeconds <= 0 || !Number.isFinite(needed)) return undefined;
  const throughLimit = limit === undefined ? 0 : (needed / limit.requests) * limit.windowSeconds;
  return Math.max((windowSeconds * needed) / samples, throughLimit);
}
