import { expect, it } from 'vitest';
import { describeMemory, expectedMemoryBytes } from './expected-memory.ts';

const GIBIBYTE = 1024 ** 3;

it('memory grows with the requests that are expected', () => {
  expect(expectedMemoryBytes(10_000_000) - expectedMemoryBytes(0)).toBe(6_900_000_000);
});

it('a long run is told what k6 will need, any other only where that may not fit', () => {
  expect(describeMemory(1000, 8 * GIBIBYTE, false)).toBeUndefined();
  expect(describeMemory(1000, 8 * GIBIBYTE, true)).toMatch(/about 1,000 requests.*0\.1 GiB of 8\.0 GiB/);
  expect(describeMemory(1000, 8 * GIBIBYTE, true)).not.toContain('--segment');
  expect(describeMemory(10_000_000, 8 * GIBIBYTE, false)).toMatch(/6\.6 GiB of 8\.0 GiB.*may not fit.*--segment/);
});
