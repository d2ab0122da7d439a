import { describe, expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { PoolStudy } from './answer.ts';
import { METRICS } from './metrics.ts';

const step = { startSeconds: 0, durationSeconds: 5, isWhole: true, failedShare: 0, outcomes: {}, okPerSecond: 9 };
const pool = (changes: Partial<PoolStudy>): PoolStudy => ({
  kind: 'pool',
  steps: [1, 3, 5, 60].map((level) => ({ ...step, level, requests: 10, okMs: { avg: 9, p50: 9, p95: 12 } })),
  ...changes,
});

describe('users who are served as fast as one alone', () => {
  it.each<[string, Partial<PoolStudy>, number, boolean | undefined, string | number | undefined]>([
    ['as many as were', { freeUsers: 3, exhaustedUsers: 5 }, 3, true, 3],
    ['more than were', { freeUsers: 3, exhaustedUsers: 5 }, 5, false, 3],
    ['so many as were never sent', { freeUsers: 3, exhaustedUsers: 5 }, 4, undefined, 'between 3 and 4'],
    ['where nobody waited, at least all', { freeUsers: 60 }, 60, true, 'at least 60'],
    ['where nobody waited, perhaps more', { freeUsers: 60 }, 100, undefined, 'at least 60'],
  ])('%s', (_case, found, limit, holds, told) => {
    const { actual, between = {}, seen, toTell } = METRICS.freeUsers.measure(pool(found), limit);
    expect(whetherHolds(between, '>=', limit)).toBe(holds);
    expect(seen ?? actual).toBe(told);
    if (holds === undefined) expect(toTell).toMatch(String(limit));
  });
});

describe('the time until the excess is answered', () => {
  const measure = (found: Partial<PoolStudy>, limit = 1000) => METRICS.excessAnswerMs.measure(pool(found), limit);

  it('has no number where nobody had to wait', () => {
    expect(measure({ freeUsers: 60 })).toEqual({
      samples: 0,
      seen: 'no excess with up to 60 users',
      toTell: 'no request waited: raise VUS until one does',
    });
  });

  it('has none where its clients gave up either: it was not answered', () => {
    const hang = { exhaustedUsers: 5, excess: 'hang', excessMs: 1000.313045 } as const;
    expect(measure(hang)).toMatchObject({ seen: 'not within 1.0003 s', between: { low: 1000.313045 } });
    expect(measure(hang)).not.toHaveProperty('actual');
    expect(whetherHolds(measure(hang).between ?? {}, '<', 1000)).toBe(false);
    expect(whetherHolds(measure(hang, 5000).between ?? {}, '<', 5000)).toBeUndefined();
  });

  it('is that of refusals and of those who waited', () => {
    expect(measure({ exhaustedUsers: 5, excess: 'refused', excessMs: 0.3 })).toEqual({ actual: 0.3, samples: 10 });
  });
});
