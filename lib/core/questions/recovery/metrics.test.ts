import { describe, expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { RecoveryStudy } from './answer.ts';
import { METRICS } from './metrics.ts';

const watched = (changes: Partial<RecoveryStudy>): RecoveryStudy => ({
  kind: 'recovery',
  overload: { fromSeconds: 10, toSeconds: 20 },
  endSeconds: 50,
  probesPerSecond: 10,
  endpoints: [true, false].map((isBroken, i) => ({ endpoint: `${i}`, p95BeforeMs: 10, limitMs: 35, isBroken })),
  probes: { planned: 500, answered: 501, badBefore: 0, badDuring: 90, badAfter: 20 },
  watchedSeconds: 30.001,
  seconds: [],
  ...changes,
});

describe('the time to come back', () => {
  const { measure } = METRICS.recoverySeconds;
  it.each<[string, Partial<RecoveryStudy>, number, boolean | undefined, string]>([
    ['is not that of the watch: it never came back', {}, 30, false, 'not within 30s'],
    [
      'nor where the watch was a little shorter than it should be',
      { watchedSeconds: 29.95 },
      30,
      false,
      'not within 30s',
    ],
    ['may be within a limit beyond the watch', {}, 60, undefined, 'not within 30s'],
    [
      'may have come at the end',
      { goodAgainAfterSeconds: 29 },
      30,
      undefined,
      'good again after 29s, when the watch was nearly over',
    ],
    [
      'came at the end, if at all: too late',
      { goodAgainAfterSeconds: 29 },
      20,
      false,
      'good again after 29s, when the watch was nearly over',
    ],
  ])('%s', (_case, found, limit, holds, told) => {
    const figure = measure(watched(found), limit);
    expect(figure).not.toHaveProperty('actual');
    expect(whetherHolds(figure.between ?? {}, '<=', limit)).toBe(holds);
    expect(figure.seen).toBe(told);
    expect(figure.toTell).toMatch(/watch for longer/);
  });

  it('is known where it came back', () => {
    expect(measure(watched({ recoveredAfterSeconds: 7.3 }), 30)).toEqual({ actual: 7.3, samples: 501 });
  });
});

describe('endpoints that are slow or failing', () => {
  const { measure } = METRICS.brokenAfterOverload;
  const none = watched({}).endpoints.map((each) => ({ ...each, isBroken: false }));

  it('are counted', () => {
    expect(measure(watched({}))).toEqual({ actual: 1, samples: 501 });
    expect(measure(watched({ recoveredAfterSeconds: 3, endpoints: none }))).toEqual({ actual: 0, samples: 501 });
  });

  it('are at least one where all of them together are still bad, and none alone', () => {
    const figure = measure(watched({ endpoints: none }));
    expect(figure).toMatchObject({ seen: 'at least 1', between: { low: 1, high: 2 } });
    expect(whetherHolds(figure.between ?? {}, '<=', 0)).toBe(false);
  });

  it('are not known where all became good when the watch was nearly over', () => {
    const figure = measure(watched({ goodAgainAfterSeconds: 29 }));
    expect(whetherHolds(figure.between ?? {}, '<=', 0)).toBeUndefined();
  });
});
