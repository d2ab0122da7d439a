import { type LoadShape, type Plan, peakOf, type Scripted } from './load-shape.ts';
import { present } from './present.ts';

/**
 * The load of a plan's warm-up: each of its streams at its peak, for so long. What a service has to open, fill or
 * compile before it is at its usual speed, it does under the load that will be measured.
 */
export function warmUpOf(plan: Plan, durationSeconds: number): Plan {
  if (durationSeconds === 0) return {};
  return Object.fromEntries(
    Object.entries(plan).flatMap(([stream, shape]) =>
      shape.kind === 'scripted' ? [] : [[`warm-up-${stream}`, atItsPeak(shape, durationSeconds)]],
    ),
  );
}

function atItsPeak(shape: Exclude<LoadShape, Scripted>, durationSeconds: number): LoadShape {
  switch (shape.kind) {
    case 'constant-users':
    case 'ramping-users':
    case 'fixed-work':
    case 'fixed-journeys': {
      const { thinkTimeSeconds, pacingSeconds, journey } = shape;
      return {
        kind: 'constant-users',
        users: peakOf(shape),
        rampUpSeconds: 0,
        durationSeconds,
        thinkTimeSeconds,
        pacingSeconds,
        ...present({ journey }),
      };
    }
    case 'constant-arrivals':
    case 'ramping-arrivals': {
      const { expectedLatencyMs, maxUsers, journey } = shape;
      return {
        kind: 'constant-arrivals',
        ratePerSecond: peakOf(shape),
        durationSeconds,
        expectedLatencyMs,
        ...present({ maxUsers, journey }),
      };
    }
  }
}
