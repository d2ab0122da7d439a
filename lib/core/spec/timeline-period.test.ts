import { describe, expect, it } from 'vitest';
import { chooseTimeline } from './timeline-period.ts';

const GIB = 1024 ** 3;

describe('how often a run is recorded', () => {
  it.each([
    ['a burst', 2500, 1, 1],
    ['a short run', 290_000, 59, 1],
    ['a usual run', 3000, 60, 2],
    ['a long run with few requests', 200_000, 86_400, 2],
    ['many requests', 300_000, 60, 5],
    ['many requests in a short time', 600_000, 30, 5],
    ['very many requests', 750_000, 600, 10],
    ['a soak', 4_300_000, 86_400, 30],
  ])('%s', (_, requests, seconds, periodSeconds) => {
    expect(chooseTimeline({ requests, seconds }, 32 * GIB).periodSeconds).toBe(periodSeconds);
  });

  it('is said where it is seldom', () => {
    expect(chooseTimeline({ requests: 3000, seconds: 60 }, 32 * GIB).remark).toBeUndefined();
    expect(chooseTimeline({ requests: 1_200_000, seconds: 600 }, 32 * GIB).remark).toBe(
      'Requests over time every 10s: about 1,200,000 requests are expected.',
    );
  });

  it('is never where k6 would need too much memory for it', () => {
    const load = { requests: 1_200_000, seconds: 600 };
    expect(chooseTimeline(load, 4 * GIB).periodSeconds).toBe(10);
    const { periodSeconds, remark } = chooseTimeline(load, 2 * GIB);
    expect(periodSeconds).toBeUndefined();
    expect(remark).toMatch(
      /^No requests over time: about 1,200,000 requests are expected, and k6 would need \d\.\d GiB/,
    );
  });
});
