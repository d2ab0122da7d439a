import { expect, it } from 'vitest';
import { describeMemory, expectedMemoryBytes } from './expected-memory.ts';

const GIBIBYTE = 1024 ** 3;

it('memory grows with the requests that are expected', () => {
  expect(expectedMemoryBytes(10_000_000) - expectedMemoryBytes(0)).toBe(1_900_000_000);
});

it('a run is told what k6 will need where that may not fit', () => {
  expect(describeMemory(1000, 8 * GIBIBYTE)).toBeUndefined();
  expect(describeMemory(30_000_000, 8 * GIBIBYTE)).toMatch(/5\.5 GiB of 8\.0 GiB.*may not fit.*recorder/);
});
