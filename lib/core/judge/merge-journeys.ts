import type { JourneySummary } from '../measure/measured.ts';
import { mergeWithBrackets } from '../measure/merge-latencies.ts';
import type { Latency } from '../measure/quantile-ladder.ts';
import { sum } from '../spec/sum.ts';
import type { CompactJourney, CompactRun } from './compact-run.ts';

/**
 * Counts are added.
 * @param recorded how long each took, by the records of all parts; without it durations are mixed of what each part says
 * @returns undefined for a run without journeys
 */
export function mergeJourneys(
  parts: readonly CompactRun[],
  recorded: ReadonlyMap<string, Latency> | undefined,
): readonly JourneySummary[] | undefined {
  return parts[0]?.journeys?.map((journey) => {
    const own = parts.flatMap(({ journeys = [] }) => journeys.find(({ name }) => name === journey.name) ?? []);
    const add = (key: 'started' | 'completed' | 'failed') => sum(own.map((each) => each[key]));
    return {
      ...journey,
      started: add('started'),
      completed: add('completed'),
      stoppedAt: addStops(own),
      failed: add('failed'),
      durationMs: recorded?.get(journey.name) ?? mergeWithBrackets(own.map(({ durationMs }) => durationMs)),
    };
  });
}

function addStops(journeys: readonly CompactJourney[]): JourneySummary['stoppedAt'] {
  const ids = [...new Set(journeys.flatMap(({ stoppedAt }) => Object.keys(stoppedAt)))];
  return Object.fromEntries(ids.map((id) => [id, sum(journeys.map(({ stoppedAt }) => stoppedAt[id] ?? 0))]));
}
