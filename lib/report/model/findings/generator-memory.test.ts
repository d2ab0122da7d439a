import { describe, expect, it } from 'vitest';
import type { GeneratorMemory, RunSummary } from '../../../core/judge/run-summary.ts';
import { problemOf, WELL } from '../../../testing/problems.ts';
import { LINUX_HOST } from '../../../testing/runs.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const MUCH: GeneratorMemory = { leastAvailableBytes: 8 * GIB };

function foundIn(memory: GeneratorMemory | undefined, summary: Partial<RunSummary> = {}) {
  const host = memory === undefined ? LINUX_HOST : { ...LINUX_HOST, memory };
  return problemOf('generator-memory', { endpoints: { a: WELL }, summary: { host, ...summary } });
}

/** As a run is stored whose k6 ended by a signal. */
const KILLED = { verdict: 'incomplete', k6ExitCode: undefined } as unknown as Partial<RunSummary>;

describe('a machine short of memory', () => {
  it('is told where next to nothing was available', () => {
    const problem = foundIn({ leastAvailableBytes: 40 * MIB });
    expect(problem).toMatchObject({ severity: 'medium', area: 'measurement' });
    expect(problem?.summary).toContain('40 MiB of 15625 MiB were available at the least');
  });

  it('is told where little was available and the swap grew', () => {
    expect(foundIn({ leastAvailableBytes: GIB, swapGrownBytes: 300 * MIB })?.evidence).toContain(
      '300 MiB went to swap during the run',
    );
  });

  it('is told where the limit of a container was near', () => {
    expect(foundIn({ ...MUCH, limitBytes: 1000 * MIB, mostOfLimitBytes: 950 * MIB })?.summary).toContain(
      'its container used 950 MiB of the 1000 MiB that it may use',
    );
  });
});

describe('nothing is told', () => {
  it.each<[string, GeneratorMemory | undefined]>([
    ['where nothing was recorded', undefined],
    ['of much page cache, with much available', MUCH],
    ['of idle pages that went to swap, with much available', { ...MUCH, swapGrownBytes: 500 * MIB }],
    ['of a container that uses little of its limit', { ...MUCH, limitBytes: 1000 * MIB, mostOfLimitBytes: 300 * MIB }],
  ])('%s', (_case, memory) => {
    expect(foundIn(memory)).toBeUndefined();
  });

  it('of a k6 that somebody killed with memory free', () => {
    expect(foundIn(MUCH, KILLED)).toBeUndefined();
  });
});
