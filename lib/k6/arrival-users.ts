import { type ConstantArrivals, peakOf, type RampingArrivals } from '../core/load-shape.ts';

const FEWEST_USERS = 10;
const MOST_DERIVED_USERS = 2000;

/** Little's law: users busy = rate × time each is busy. Beforehand for the expected latency, at most for the timeout. */
export function arrivalUsers(
  shape: ConstantArrivals | RampingArrivals,
  timeoutMs: number,
): { preAllocatedVUs: number; maxVUs: number } {
  const busyUsers = (milliseconds: number) => Math.ceil((peakOf(shape) * milliseconds) / 1000);
  const maxVUs = shape.maxUsers ?? Math.min(MOST_DERIVED_USERS, Math.max(FEWEST_USERS, busyUsers(timeoutMs)));
  return { preAllocatedVUs: Math.min(maxVUs, Math.max(FEWEST_USERS, busyUsers(shape.expectedLatencyMs))), maxVUs };
}
