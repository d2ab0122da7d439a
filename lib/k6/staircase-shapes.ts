import type { ArrivalUsers, RampingArrivals, RampingUsers } from '../core/spec/load-shape.ts';
import { EXPECTED_LATENCY_MS, NO_PAUSE } from './shape-defaults.ts';

/** Levels from the first to the last, `steps` of them, each larger than the one before by the same factor. */
export interface Staircase {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly stepSeconds: number;
}

/** Open model that goes up in steps: requests, or journeys, per second. What is between two levels is a jump. */
export function steppedArrivals({
  from,
  to,
  steps,
  stepSeconds,
  ...users
}: Staircase & Partial<ArrivalUsers>): RampingArrivals {
  const staircase = { from, to, steps, stepSeconds };
  const levels = levelsOf(staircase).map((rate) => Number(rate.toPrecision(3)));
  return {
    kind: 'ramping-arrivals',
    startRatePerSecond: levels[0] ?? 0,
    stages: stagesOf(levels, stepSeconds, 'ratePerSecond'),
    expectedLatencyMs: EXPECTED_LATENCY_MS,
    ...users,
  };
}

/** Closed model that goes up in steps: users without a pause between their requests. */
export function steppedUsers(staircase: Staircase): RampingUsers {
  const levels = [...new Set(levelsOf(staircase).map(Math.round))];
  return {
    kind: 'ramping-users',
    startUsers: levels[0] ?? 0,
    stages: stagesOf(levels, staircase.stepSeconds, 'users'),
    ...NO_PAUSE,
  };
}

function levelsOf({ from, to, steps }: Staircase): number[] {
  return Array.from({ length: steps }, (_, i) => from * (to / from) ** (steps > 1 ? i / (steps - 1) : 0));
}

/** Each level is jumped to and then held. */
function stagesOf<Key extends string>(
  levels: readonly number[],
  stepSeconds: number,
  key: Key,
): (Record<Key, number> & { readonly durationSeconds: number })[] {
  return levels.flatMap((level) =>
    [0, stepSeconds].map(
      (durationSeconds) =>
        ({ [key]: level, durationSeconds }) as Record<Key, number> & { readonly durationSeconds: number },
    ),
  );
}
