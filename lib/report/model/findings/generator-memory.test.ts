import { describe, expect, it } from 'vitest';
import type { MemoryUse } from '../../../core/spec/memory-use.ts';
import { problemOfRun, runOf, WELL } from '../../../testing/problems.ts';
import { LINUX_HOST } from '../../../testing/runs.ts';
import type { RunEvidence } from '../evidence.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const MUCH: MemoryUse = { leastAvailableBytes: 8 * GIB };

function runWith(memory: MemoryUse | undefined): RunEvidence {
  const host = memory === undefined ? LINUX_HOST : { ...LINUX_HOST, memory };
  return runOf({ endpoints: { a: WELL }, summary: { host } });
}

const foundIn = (memory: MemoryUse | undefined) => problemOfRun('generator-memory', runWith(memory));

/** The same of a k6 that ended by a signal: it has no exit code. */
function foundInKilled(memory: MemoryUse) {
  const { k6ExitCode: _, ...run } = runWith(memory);
  return problemOfRun('generator-memory', { ...run, verdict: 'incomplete' } as RunEvidence);
}

describe('a machine short of memory', () => {
  it('is told where next to nothing was available', () => {
    const problem = foundIn({ leastAvailableBytes: 40 * MIB });
    expect(problem).toMatchObject({ severity: 'medium', area: 'measurement' });
    expect(problem?.summary).toContain('40 MiB of 16000 MiB were available at the least');
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

describe('a k6 that was killed', () => {
  it('is told with the memory that there was, though it was not at its end when it was last seen', () => {
    const memory = { leastAvailableBytes: 1000 * MIB };
    expect(foundIn(memory)).toBeUndefined();
    expect(foundInKilled(memory)).toMatchObject({ severity: 'high' });
    expect(foundInKilled(memory)?.evidence).toContain('k6 was killed by a signal');
    const limited = { ...MUCH, limitBytes: 1000 * MIB, mostOfLimitBytes: 800 * MIB };
    expect([foundIn(limited), foundInKilled(limited)?.severity]).toEqual([undefined, 'high']);
  });

  it('is not told of, where somebody killed it with memory free', () => {
    expect(foundInKilled(MUCH)).toBeUndefined();
  });
});

describe('nothing is told', () => {
  it.each<[string, MemoryUse | undefined]>([
    ['where nothing was recorded', undefined],
    ['of much page cache, with much available', MUCH],
    ['of idle pages that went to swap, with much available', { ...MUCH, swapGrownBytes: 500 * MIB }],
    ['of a container that uses little of its limit', { ...MUCH, limitBytes: 1000 * MIB, mostOfLimitBytes: 300 * MIB }],
  ])('%s', (_case, memory) => {
    expect(foundIn(memory)).toBeUndefined();
  });
});
