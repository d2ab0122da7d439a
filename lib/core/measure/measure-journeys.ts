import type { JourneyFacts } from '../spec/journey.ts';
import { sum } from '../spec/sum.ts';
import { countOf } from './counted.ts';
import { journeyMetric, journeyStoppedMetric, OWN_METRICS } from './k6-metrics.ts';
import type { JourneySummary, K6Metrics, StoredLoad } from './measured.ts';
import { latencyFromTrend } from './quantile-ladder.ts';

/**
 * What became of the journeys of a test.
 * @param endpoints of the test: a journey can end at any of them
 * @throws Error when the figures contradict each other: such a run must not be judged
 */
export function measureJourneys(
  metrics: K6Metrics,
  journeys: readonly JourneyFacts[],
  endpoints: readonly { readonly id: string }[],
): JourneySummary[] {
  return journeys.map((facts) => measureJourney(metrics, facts, endpoints));
}

function measureJourney(
  metrics: K6Metrics,
  facts: JourneyFacts,
  endpoints: readonly { readonly id: string }[],
): JourneySummary {
  const { name } = facts;
  const durationMs = latencyFromTrend(metrics[journeyMetric(OWN_METRICS.journeyCompleted, name)]?.values);
  const stops = endpoints.map(({ id }) => [id, countOf(metrics, journeyStoppedMetric(name, id))] as const);
  const measured: JourneySummary = {
    ...facts,
    started: countOf(metrics, journeyMetric(OWN_METRICS.journeyStarted, name)),
    completed: durationMs.count,
    stoppedAt: Object.fromEntries(stops.filter(([, count]) => count > 0)),
    failed: countOf(metrics, journeyMetric(OWN_METRICS.failedIterations, name)),
    durationMs,
  };
  if (countEnded(measured) > measured.started)
    throw new Error(`Of ${measured.started} journeys "${name}" that were started, ${countEnded(measured)} ended`);
  return measured;
}

/** Those that ended at a reply that was not `ok`. */
export function countStopped(stoppedAt: JourneySummary['stoppedAt']): number {
  return sum(Object.values(stoppedAt));
}

/** Those that ended by themselves, one way or another. */
export function countEnded({ completed, stoppedAt, failed }: JourneyEnds): number {
  return completed + countStopped(stoppedAt) + failed;
}

/** Those that k6 ended: at the end of the load, or of the run. */
export function countInterrupted(journey: JourneyEnds & Pick<JourneySummary, 'started'>): number {
  return journey.started - countEnded(journey);
}

/**
 * What k6 cut off of a run: journeys that had begun and came to no end, else iterations. k6 itself counts those as well
 * that were in the pause after a journey, which had nothing in flight.
 * @returns undefined where nobody counted them
 */
export function countCutOff({ journeys, load }: RunCutOff): number | undefined {
  const interrupted = load.iterations?.interrupted;
  return interrupted === undefined || journeys === undefined ? interrupted : sum(journeys.map(countInterrupted));
}

interface RunCutOff {
  readonly journeys?: readonly (JourneyEnds & Pick<JourneySummary, 'started'>)[];
  readonly load: Pick<StoredLoad, 'iterations'>;
}

type JourneyEnds = Pick<JourneySummary, 'completed' | 'stoppedAt' | 'failed'>;

/**
 * Those that came to no end although k6 was done with them: what they waited for was never settled. One that came to its
 * end and was interrupted in the pause after it is no iteration to k6, so that this is the least there can be.
 */
export function countLost(journeys: readonly JourneyEnds[], { iterations }: Pick<StoredLoad, 'iterations'>): number {
  const ended = sum(journeys.map(({ completed, stoppedAt }) => completed + countStopped(stoppedAt)));
  return Math.max(0, (iterations?.completed ?? 0) - ended);
}
