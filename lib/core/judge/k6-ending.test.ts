import { describe, expect, it } from 'vitest';
import { loadRecord } from '../../testing/runs.ts';
import { endsByTeardown, failedTeardownOf, judgeTeardown } from './k6-ending.ts';
import { judgeRun } from './verdict.ts';

const WHY = 'Error: no order';

describe('a teardown that failed', () => {
  it.each([
    ['that threw', 107, WHY, true, WHY],
    ['that threw in an async function', 255, WHY, true, WHY],
    ['that took too long', 101, undefined, true, 'it took longer than the option teardownTimeout lets it'],
    ['is none where setup threw', 107, WHY, false, undefined],
    ['is none where nothing was logged', 107, undefined, true, undefined],
    ['is none where the run was interrupted', 105, WHY, true, undefined],
    ['is none where k6 was killed', undefined, WHY, true, undefined],
  ])('%s', (_, k6ExitCode, saidOutside, hasLoad, why) => {
    const end = saidOutside === undefined ? { k6ExitCode } : { k6ExitCode, saidOutside };
    expect(failedTeardownOf(end, hasLoad)).toBe(why);
  });

  it('explains no other end of k6', () => {
    expect([101, 107, 255].map((code) => endsByTeardown({ failedTeardown: WHY }, code))).toEqual([true, true, true]);
    expect([0, 105, 'unknown', undefined].some((code) => endsByTeardown({ failedTeardown: WHY }, code))).toBe(false);
    expect(endsByTeardown({}, 107)).toBe(false);
    expect(judgeTeardown({})).toEqual([]);
  });

  it('fails a run that is whole, and one that was cut short stays incomplete', () => {
    const load = { ...loadRecord(), failedTeardown: WHY };
    const held = { metric: 'okReplies', limit: 1, operator: '>=', unit: 'count', samples: 9, verdict: 'pass' } as const;
    const judged = (k6ExitCode: number) =>
      judgeRun({ thresholds: [held], endpoints: [], load, k6Thresholds: [], k6ExitCode });
    expect(judged(107)).toMatchObject({
      verdict: 'fail',
      reasons: [
        'teardown failed: Error: no order; the figures of the load are whole, but what it was to remove may still be there: mend it, and clear up by hand (see k6.log)',
      ],
    });
    expect(judged(105)).toMatchObject({ verdict: 'incomplete' });
  });
});
