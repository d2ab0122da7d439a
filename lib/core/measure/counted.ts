import type { K6Metrics } from './measured.ts';

/** What a counter has come to; 0 where k6 does not know it. */
export function countOf(metrics: K6Metrics, metric: string): number {
  return metrics[metric]?.values.count ?? 0;
}

/** @throws Error for a run whose figures contradict each other: it must not be judged */
export function expectEqual(counted: number, expected: number, what: string): void {
  if (counted !== expected)
    throw new Error(`The counts of the ${what} contradict each other: ${counted} and ${expected}`);
}
