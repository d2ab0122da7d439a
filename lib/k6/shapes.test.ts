import { expect, it } from 'vitest';
import type { ConstantUsers, LoadShape, RampingArrivals } from '../core/load-shape.ts';

interface Shapes {
  constantUsers(shape: Partial<ConstantUsers>): LoadShape;
  rampingArrivals(shape: Partial<RampingArrivals>): LoadShape;
}

// An import that the compiler follows would bring k6's globals, such as __ENV, into the project of the Node code.
const file: string = './shapes.ts';
const { constantUsers, rampingArrivals } = (await import(/* @vite-ignore */ file)) as Shapes;

it('a shape that says nothing of pauses has none, and arrivals expect a latency of one second', () => {
  expect(constantUsers({ users: 1, durationSeconds: 1 })).toEqual({
    kind: 'constant-users',
    users: 1,
    durationSeconds: 1,
    rampUpSeconds: 0,
    thinkTimeSeconds: 0,
    pacingSeconds: 0,
  });
  expect(rampingArrivals({ stages: [] })).toMatchObject({ startRatePerSecond: 0, expectedLatencyMs: 1000 });
});
