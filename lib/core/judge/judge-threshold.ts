import type { EndpointFacts, Measured } from '../measure/measured.ts';
import { type LimitedLoad, limitUseOf } from '../measure/rate-limit.ts';
import type { Answer, Questions } from '../questions/question.ts';
import { measureAnswer } from '../questions/table.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { isInForce } from '../spec/waiver.ts';
import { definitionOf, isOfStudy, METRICS, type Subject } from './metrics.ts';
import type { JudgedThreshold, Threshold, ThresholdVerdict } from './threshold.ts';

/** What must be known of the load to judge what depends on it. */

/** What must be known of an endpoint to judge it. */
type JudgedEndpoint = Measured & Pick<EndpointFacts, 'id' | 'rateLimit'>;

/** What thresholds are held against. */
export interface JudgedFigures {
  readonly endpoints: readonly JudgedEndpoint[];
  readonly totals: Measured;
  /** How long the load lasted and where it came from: what a rate limit lets through depends on it. */
  readonly load?: LimitedLoad;
  readonly study?: Answer;
}

/**
 * Holds one threshold against what was measured. Nothing measured is `no_data`, never a pass, and no waiver covers it.
 * @param today the day (UTC, `2026-12-31`) on which waivers must still be in force; without it none is
 */
export function judgeThreshold(
  threshold: Threshold,
  figures: JudgedFigures,
  today?: string,
  questions?: Questions,
): JudgedThreshold {
  const { operator, unit } = definitionOf(threshold.metric, questions);
  const { actual, samples } = measure(threshold, figures, questions);
  const judged = { ...threshold, operator, unit, samples };
  if (actual === undefined) return { ...judged, verdict: threshold.level ?? 'no_data' };
  return {
    ...judged,
    actual,
    verdict: holds(actual, operator, threshold.limit) ? 'pass' : verdictOfCrossed(threshold, today),
  };
}

function measure(
  threshold: Threshold,
  { endpoints, totals, load, study }: JudgedFigures,
  questions: Questions | undefined,
): { readonly actual: number | undefined; readonly samples: number } {
  const { metric } = threshold;
  if (isOfStudy(metric, questions)) {
    const found = measureAnswer(metric, study, questions);
    return { actual: found?.actual, samples: found?.samples ?? 0 };
  }
  const { samples: samplesOf, actual: actualOf } = METRICS[metric];
  const subject = subjectOf(threshold, endpoints, totals, load);
  const samples = subject === undefined ? 0 : samplesOf(subject);
  return { samples, actual: subject === undefined || samples === 0 ? undefined : actualOf(subject) };
}

function verdictOfCrossed({ level, waiver }: Threshold, today: string | undefined): ThresholdVerdict {
  if (waiver !== undefined && today !== undefined && isInForce(waiver, today)) return 'waived';
  return level ?? 'fail';
}

function subjectOf(
  { endpoint: id }: Threshold,
  endpoints: readonly JudgedEndpoint[],
  totals: Measured,
  load: LimitedLoad | undefined,
): Subject | undefined {
  if (id === undefined) {
    return { ...totals, limitedAsDeclared: sum(endpoints.map(limitedAsDeclared)) };
  }
  const endpoint = endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) return undefined;
  const beyond = limitUseOf(endpoint, load ?? {})?.beyond;
  return {
    ...endpoint,
    limitedAsDeclared: limitedAsDeclared(endpoint),
    ...present({ acceptedBeyondLimit: beyond }),
  };
}

function limitedAsDeclared({ rateLimit, outcomes }: JudgedEndpoint): number {
  return rateLimit === undefined ? 0 : (outcomes.rate_limited ?? 0);
}

function holds(actual: number, operator: JudgedThreshold['operator'], limit: number): boolean {
  if (operator === '<') return actual < limit;
  return operator === '<=' ? actual <= limit : actual >= limit;
}
