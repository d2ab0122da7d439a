import { describe, expect, it } from 'vitest';
import { type RateLimitPlan, studyRateLimit } from './answer.ts';
import type { LimitEvent } from './limit-event.ts';

const plan: RateLimitPlan = {
  kind: 'rate-limit',
  endpoint: 'a',
  path: '/a',
  declared: { requests: 4, windowSeconds: 10, algorithm: 'sliding-window' },
  hasSecondClient: true,
};

const event = (sentAtMs: number, isOk: boolean, more: Partial<LimitEvent> = {}): LimitEvent => ({
  client: 1,
  purpose: 'measure',
  sentAtMs,
  doneAtMs: sentAtMs + 2,
  status: isOk ? 200 : 429,
  isOk,
  ...more,
});

/** A sliding window of 4 in 10 s: two at 0, two at 4 s, and one request per second. */
const accepted = [0, 10, 4000, 4010, 10_500, 11_500, 14_500, 15_500];
const asked = [...accepted, 4020, 5500, 6500, 7500, 8500, 9500, 12_500, 13_500].sort((a, b) => a - b);
const base = asked.map((at) =>
  event(at, accepted.includes(at), accepted.includes(at) ? {} : { retryAfterSeconds: Math.ceil((10_000 - at) / 1000) }),
);

describe('windows', () => {
  it('are counted by what surely fits one, and the limit is known by what explains it', () => {
    const study = studyRateLimit(plan, base);
    expect(study).toMatchObject({ requests: 16, accepted: 8, limited: 8, mostInWindow: 4, beyondLimit: 0 });
    expect(study.invalid).toBeUndefined();
  });

  it('hold too many where more is accepted than fits', () => {
    const study = studyRateLimit(plan, [...base, event(5000, true), event(5100, true)]);
    expect(study).toMatchObject({ mostInWindow: 6, beyondLimit: 2 });
  });
});

it('of a declared fixed window, twice as many fit around the border of two', () => {
  const fixed = { ...plan, declared: { ...plan.declared, algorithm: 'fixed-window' as const } };
  const burst = [...base, event(5000, true), event(5100, true)];
  expect(studyRateLimit(fixed, burst)).toMatchObject({ mostInWindow: 6, beyondLimit: 0 });
});

describe('Retry-After', () => {
  /** A fixed window of 4 in 10 s that begins at 6 s, asked once a second. */
  const asked = Array.from({ length: 30 }, (_, i) => i * 1000);
  const fixed = (said: (leftMs: number) => number | undefined): LimitEvent[] => {
    const used = new Map<number, number>();
    return asked.map((at) => {
      const window = Math.floor((at - 6000) / 10_000);
      const isOk = (used.get(window) ?? 0) < 4;
      if (isOk) used.set(window, (used.get(window) ?? 0) + 1);
      const seconds = isOk ? undefined : said((window + 1) * 10_000 + 6000 - at);
      return event(at, isOk, seconds === undefined ? {} : { retryAfterSeconds: seconds });
    });
  };
  const judged = (said: (leftMs: number) => number | undefined) => studyRateLimit(plan, fixed(said)).retryAfter;

  it('is right where it says the seconds until the window ends, however coarsely that is known', () => {
    expect(judged((left) => Math.ceil(left / 1000))).toMatchObject({ early: 0, late: 0, missing: 0 });
  });

  it.each([
    ['early', 0],
    ['late', 60],
    ['missing', undefined],
  ] as const)('is %s where it is not', (how, said) => {
    const found = judged(() => said);
    expect(found[how]).toBe(found.early + found.late + found.missing);
    expect(found[how]).toBeGreaterThan(10);
  });
});

describe('there is no answer', () => {
  it.each<[string, LimitEvent[], RegExp]>([
    ['the limit was used before', [event(0, false), ...base.slice(1)], /used up before/],
    [
      'errors decided',
      base.map((each) => ({ ...each, status: 500, isOk: false })),
      /neither accepted nor rate limited/,
    ],
    ['too little was sent', base.slice(0, 3), /fewer than the limit/],
  ])('where %s', (_case, events, reason) => {
    expect(studyRateLimit(plan, events).invalid).toMatch(reason);
  });
});

describe('a way around', () => {
  const round = (
    way: 'head' | 'fresh-connection',
    n: number,
    isOk: boolean,
    after: boolean,
    before = false,
  ): LimitEvent[] => {
    const at = 20_000 + n * 100;
    return [
      event(at, before, { purpose: 'control', way, round: n }),
      event(at + 10, isOk, { purpose: 'attempt', way, round: n }),
      event(at + 20, after, { purpose: 'control', way, round: n }),
    ];
  };
  const stateOf = (...rounds: LimitEvent[][]) => studyRateLimit(plan, [...base, ...rounds.flat()]).bypasses;

  it('is open when attempts are accepted between refusals', () => {
    expect(
      stateOf(round('head', 1, true, false), round('head', 2, true, false), round('head', 3, false, false)),
    ).toEqual([{ way: 'head', state: 'open', attempts: 3, letThrough: 2 }]);
  });

  it('is closed when none is, but for a place that came free', () => {
    expect(
      stateOf(round('head', 1, true, false), round('head', 2, false, false), round('head', 3, false, false)),
    ).toEqual([{ way: 'head', state: 'closed', attempts: 3, letThrough: 1 }]);
  });

  it('is unclear when the limit was not used up', () => {
    expect(
      stateOf(round('head', 1, true, true), round('head', 2, true, false, true), round('head', 3, true, true)),
    ).toEqual([
      { way: 'head', state: 'unclear', attempts: 0, letThrough: 0, why: 'the limit was not used up when it was tried' },
    ]);
  });

  it.each([
    [401, 'rejected by something else than the limit: status 401'],
    [403, 'rejected by something else than the limit: status 403'],
    [503, 'rejected by something else than the limit: status 503'],
    [0, 'rejected by something else than the limit: no response'],
  ])('is not closed because something else than the limit turned it away: status %d', (status, why) => {
    const turnedAway = [1, 2, 3].map((n) =>
      round('head', n, false, false).map((each) => (each.purpose === 'attempt' ? { ...each, status } : each)),
    );
    expect(stateOf(...turnedAway)).toEqual([{ way: 'head', state: 'unclear', attempts: 0, letThrough: 0, why }]);
    expect(stateOf(...turnedAway.slice(0, 1), round('head', 2, false, false), round('head', 3, false, false))).toEqual([
      { way: 'head', state: 'closed', attempts: 2, letThrough: 0 },
    ]);
  });

  it.each([301, 404, 405])('is closed where it does not lead to the endpoint: status %d', (status) => {
    const elsewhere = [1, 2, 3].map((n) =>
      round('head', n, false, false).map((each) => (each.purpose === 'attempt' ? { ...each, status } : each)),
    );
    expect(stateOf(...elsewhere)).toMatchObject([{ state: 'closed', attempts: 3 }]);
  });

  it('by fresh connections is open whatever the next ordinary request meets', () => {
    expect(stateOf(round('fresh-connection', 1, true, true), round('fresh-connection', 2, true, true))).toMatchObject([
      { way: 'fresh-connection', state: 'open' },
    ]);
  });
});

describe('another client', () => {
  it('is starved where it is refused with the first one', () => {
    const other = [5600, 5700, 6600].map((at, i) => event(at, i > 0, { client: 2 }));
    expect(studyRateLimit(plan, [...base, ...other]).isolation).toEqual({ requests: 3, refused: 1 });
  });

  it('is not starved by a limit of its own that it has used up', () => {
    const other = [5600, 5700, 6600, 6700, 7600, 7700].map((at, i) => event(at, i < 4, { client: 2 }));
    expect(studyRateLimit(plan, [...base, ...other]).isolation).toEqual({ requests: 4, refused: 0 });
  });

  it('is neither served nor starved by what is no answer of the limiter', () => {
    const other = [5600, 5700, 6600].map((at) => event(at, false, { client: 2, status: 401 }));
    expect(studyRateLimit(plan, [...base, ...other]).isolation).toBeUndefined();
  });

  it('tells nothing at a time at which the first one is accepted', () => {
    expect(studyRateLimit(plan, [...base, event(5, true, { client: 2 })]).isolation).toBeUndefined();
  });
});
