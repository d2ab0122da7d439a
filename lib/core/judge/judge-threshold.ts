import type { EndpointFacts, JourneySummary, Measured } from '../measure/measured.ts';
import { type LimitedLoad, limitUseOf } from '../measure/rate-limit.ts';
import type { Answer, Questions } from '../questions/question.ts';
import { measureAnswer } from '../questions/table.ts';
import type { Budget } from '../spec/budget.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { isInForce } from '../spec/waiver.ts';
import type { CustomFigures } from './custom-figures.ts';
import { type CustomFigure, customMetricOf, measureCustomFigure } from './custom-metrics.ts';
import { whetherHolds } from './holds.ts';
import { journeyMetricOf, measureJourneyFigure } from './journey-metrics.ts';
import { definitionOf, isOfStudy, METRICS, type Subject } from './metrics.ts';
import type { JudgedThreshold, Threshold, ThresholdVerdict } from './threshold.ts';

/** What must be known of an endpoint to judge it. */
type JudgedEndpoint = Measured & Pick<EndpointFacts, 'id' | 'rateLimit'>;

/** What thresholds are held against. */
export interface JudgedFigures {
  readonly endpoints: readonly JudgedEndpoint[];
  readonly totals: Measured;
  /** How long the load lasted and where it came from: what a rate limit lets through depends on it. */
  readonly load?: LimitedLoad;
  readonly study?: Answer;
  readonly journeys?: readonly JourneySummary[];
  readonly custom?: CustomFigures;
}

/**
 * Holds one threshold against what was measured. Nothing measured is `no_data`, never a pass, and no waiver covers it;
 * so is a figure of which the data only say that it may be on either side of its limit.
 * @param today the day (UTC, `2026-12-31`) on which waivers must still be in force; without it none is
 */
export function judgeThreshold(
  threshold: Threshold,
  figures: JudgedFigures,
  today?: string,
  questions?: Questions,
): JudgedThreshold {
  const { endpoint, journey, custom, metric, limit, level, waiver } = threshold;
  const { operator, unit: usualUnit } = definitionOf(metric, questions);
  const { actual, samples, between, seen, toTell, unit = usualUnit } = measure(threshold, figures, questions);
  const range = between ?? present({ low: actual, high: actual });
  const holds = whetherHolds(range, operator, limit);
  return {
    metric,
    limit,
    operator,
    unit,
    samples,
    ...present({
      endpoint,
      journey,
      custom,
      level,
      waiver,
      seen,
      between,
      actual: holds === undefined ? undefined : actual,
    }),
    ...(holds === undefined ? present({ toTell }) : {}),
    verdict: holds === undefined ? (level ?? 'no_data') : holds ? 'pass' : verdictOfCrossed(threshold, today),
  };
}

const NO_FIGURES: CustomFigures = { figures: [], checks: [] };

function measure(
  threshold: Threshold,
  { endpoints, totals, load, study, journeys = [], custom = NO_FIGURES }: JudgedFigures,
  questions: Questions | undefined,
): CustomFigure {
  const { metric, limit } = threshold;
  const ofJourney = journeyMetricOf(metric);
  if (ofJourney !== undefined) {
    const journey = journeys.find(({ name }) => name === threshold.journey);
    return measureJourneyFigure(ofJourney, journey, load?.windowSeconds);
  }
  const ofCustom = customMetricOf(metric);
  if (ofCustom !== undefined) return measureCustomFigure(ofCustom, threshold.custom ?? '', custom, load?.windowSeconds);
  if (isOfStudy(metric, questions)) return measureAnswer(metric, limit, study, questions) ?? { samples: 0 };
  const { samples: samplesOf, actual: actualOf } = METRICS[metric as keyof Budget];
  const subject = subjectOf(threshold, endpoints, totals, load);
  const samples = subject === undefined ? 0 : samplesOf(subject);
  return { samples, ...present({ actual: subject === undefined || samples === 0 ? undefined : actualOf(subject) }) };
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
  const ofLoad = present({ windowSeconds: load?.windowSeconds });
  if (id === undefined) {
    return { ...totals, ...ofLoad, limitedAsDeclared: sum(endpoints.map(limitedAsDeclared)) };
  }
  const endpoint = endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) return undefined;
  const beyond = limitUseOf(endpoint, load ?? {})?.beyond;
  return {
    ...endpoint,
    ...ofLoad,
    limitedAsDeclared: limitedAsDeclared(endpoint),
    ...present({ acceptedBeyondLimit: beyond }),
  };
}

function limitedAsDeclared({ rateLimit, outcomes }: JudgedEndpoint): number {
  return rateLimit === undefined ? 0 : (outcomes.rate_limited ?? 0);
}
