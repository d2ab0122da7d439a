import { expect, it } from 'vitest';
import { worseMemory } from '../core/spec/memory-use.ts';
import { memoryUse, readMemory, watchMemory } from './memory.ts';

const MEMINFO =
  'MemTotal:  8000000 kB\nMemFree:   100000 kB\nMemAvailable:  6000000 kB\nSwapTotal:  2000 kB\nSwapFree:  500 kB\n';

function machine(files: Readonly<Record<string, string>>) {
  return readMemory((file) => files[file]);
}

it('reads what is available and not what is free, and how much of the swap is used', () => {
  expect(machine({ '/proc/meminfo': MEMINFO })).toEqual({
    availableBytes: 6_000_000 * 1024,
    swapUsedBytes: 1500 * 1024,
  });
});

it('reads the limit of a container, without the page cache in what is used', () => {
  const files = {
    '/proc/meminfo': MEMINFO,
    '/proc/self/cgroup': '0::/job/step\n',
    '/sys/fs/cgroup/job/memory.max': '1000\n',
    '/sys/fs/cgroup/job/memory.current': '900\n',
    '/sys/fs/cgroup/job/memory.stat': 'anon 200\nactive_file 300\ninactive_file 350\n',
    '/sys/fs/cgroup/job/step/memory.max': 'max\n',
    '/sys/fs/cgroup/job/step/memory.current': '900\n',
  };
  expect(machine(files).limit).toEqual({ bytes: 1000, usedBytes: 250 });
});

it('says what Node says where nothing else is told', () => {
  expect(machine({}).availableBytes).toBeGreaterThan(0);
  expect(machine({})).not.toHaveProperty('limit');
});

it('keeps the worst of all readings', () => {
  const reading = (availableBytes: number, swapUsedBytes: number, usedBytes: number) => ({
    availableBytes,
    swapUsedBytes,
    limit: { bytes: 1000, usedBytes },
  });
  const first = reading(50, 10, 100);
  const uses = [first, reading(20, 40, 300), reading(60, 30, 700)].map((each) => memoryUse(each, first));
  expect(uses.reduce(worseMemory)).toEqual({
    leastAvailableBytes: 20,
    swapGrownBytes: 30,
    limitBytes: 1000,
    mostOfLimitBytes: 700,
  });
});

it('has figures of a watch that ended before it looked again', () => {
  expect(watchMemory().end().leastAvailableBytes).toBeGreaterThan(0);
});
