import { sum } from '../core/spec/sum.ts';

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The sample variance, of at least two values. */
export function variance(values: readonly number[]): number {
  const center = mean(values);
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - 1);
}

/** Below it a value says nothing, and 0 has no logarithm (docs/comparison-procedure.md §2.3). */
const LEAST_VALUE = 1e-3;

/** The scale on which latencies and rates are compared: differences of it are relative changes. */
export function logOf(value: number): number {
  return Math.log(Math.max(value, LEAST_VALUE));
}

/** Of each pair. */
export function differencesOf(base: readonly number[], head: readonly number[]): number[] {
  return base.map((each, i) => (head[i] ?? Number.NaN) - each);
}
