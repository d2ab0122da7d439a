import { describe, expect, it } from 'vitest';
import { asStored } from '../../../core/judge/run-summary.ts';
import type { Threshold } from '../../../core/judge/threshold.ts';
import { repliesNeeded } from '../../../core/measure/percentile-stability.ts';
import { LADDER_QUANTILES, latencyAt } from '../../../core/measure/quantile-ladder.ts';
import type { LoadShape } from '../../../core/spec/load-shape.ts';
import {
  adviceOf,
  limited,
  oneEndpoint,
  problemOf,
  problemOfRun,
  problemsOf,
  type Setting,
  urgenciesOf,
} from '../../../testing/problems.ts';
import { endpointSummary, loadRecord, measuredRun, runSummary, STEADY } from '../../../testing/runs.ts';
import { FEW_SAMPLES } from './few-samples.ts';

const P95: Threshold = { metric: 'okP95Ms', endpoint: 'a', limit: 500 };
const P99: Threshold = { metric: 'okP99Ms', endpoint: 'a', limit: 5000 };
const HALF_A_MINUTE = { windowSeconds: 30 };
const foundIn = (...settings: readonly Setting[]) => problemOf(FEW_SAMPLES, ...settings);
const withReplies = (ok: number, threshold = P95): Setting => ({
  ...oneEndpoint({ ok }, [threshold]),
  load: HALF_A_MINUTE,
});

describe('a percentile of too few samples', () => {
  it('is told with its samples, those that it needs, and the duration that has them', () => {
    const problem = foundIn(withReplies(100));
    expect(problem).toMatchObject({ severity: 'low', area: 'measurement', endpoints: ['a'] });
    expect(problem?.summary).toBe(
      '1 threshold is judged on a percentile of too few samples: a has 100, and 400 are needed.',
    );
    expect(problem?.evidence).toEqual([
      expect.stringMatching(/^p95 of .*, limit < 500 ms, in 30s of load, 400 are needed: a .* \(100 samples\)$/),
    ]);
    expect(adviceOf(problem)).toEqual(['could: Run sustained with --plan timed --duration 2m.']);
  });

  it.each<[number, Threshold, boolean]>([
    [399, P95, true],
    [400, P95, false],
    [1999, P99, true],
    [2000, P99, false],
    [39, { ...P95, metric: 'okP50Ms' }, true],
    [40, { ...P95, metric: 'okP50Ms' }, false],
    [3, { ...P95, metric: 'okMeanMs' }, false],
    [3, { ...P95, metric: 'successShare', limit: 0.9 }, false],
  ])('of %i responses with %j: %s', (ok, threshold, isFound) => {
    expect(foundIn(withReplies(ok, threshold)) !== undefined).toBe(isFound);
  });

  it('is told of one user as well, where a limit is on it, and of nothing where there is none', () => {
    const alone = { ...STEADY, users: 1 } as LoadShape;
    const load = { ...HALF_A_MINUTE, plan: { users: alone } };
    expect(foundIn({ ...withReplies(20), load })).toBeDefined();
    expect(foundIn({ ...oneEndpoint({ ok: 20 }, []), load })).toBeUndefined();
  });

  it('is the last of all findings', () => {
    const problems = problemsOf({ ...oneEndpoint({ ok: 50, server_error: 50 }, [P95]) });
    expect(problems.length).toBeGreaterThan(1);
    expect(problems.at(-1)?.id).toBe(FEW_SAMPLES);
  });

  it('is nothing where nothing was measured, and no news of a run that was cut short', () => {
    expect(foundIn(oneEndpoint({ timeout: 50 }, [P95]))).toBeUndefined();
    expect(foundIn({ ...withReplies(100), summary: { verdict: 'incomplete' } })).toBeUndefined();
  });

  it('is one finding of several runs, which names the run of each', () => {
    const other = { ...withReplies(50), summary: { scenario: 'mixed', runId: 'other' } };
    const problem = foundIn(withReplies(100), other);
    expect(problem?.summary).toContain('2 thresholds are judged');
    expect(problem?.summary).toContain('mixed, a has 50, and 400 are needed');
    expect(adviceOf(problem)).toHaveLength(2);
  });
});

describe('what to do', () => {
  it('is more requests where the work is fixed, and not a duration that would be refused', () => {
    const fixed = { ...STEADY, kind: 'fixed-work', requestsPerEndpoint: 10 } as LoadShape;
    const load = { ...HALF_A_MINUTE, plan: { users: fixed } };
    expect(adviceOf(foundIn({ ...withReplies(100), load }))).toEqual([
      'could: Send about 4 times as many requests in sustained.',
    ]);
  });

  it('is no run of hours', () => {
    expect(adviceOf(foundIn(withReplies(1)))[0]).toMatch(/^could: Raise the load of sustained, or judge a lower/);
  });

  it('is another percentile where a declared limit holds the responses back', () => {
    const setting = {
      endpoints: { a: limited({ ok: 60, rate_limited: 900 }) },
      thresholds: [P95],
      load: HALF_A_MINUTE,
    };
    expect(adviceOf(foundIn(setting))).toEqual([
      'could: a needs 7m of sustained, because of its rate limit: judge a lower percentile there if that is too long.',
    ]);
  });

  it('is to mend the failures, where the requests were there', () => {
    const problem = foundIn(oneEndpoint({ ok: 100, server_error: 300 }, [P95]));
    expect(problem?.title).toContain('Too many requests failed');
    expect(adviceOf(problem)).toEqual([expect.stringContaining('Fix the failures first')]);
  });
});

describe('a percentile near its limit', () => {
  /** So many replies, of which a share took 800 ms and the others 50. */
  const runWithSlow = (count: number, slowShare: number) =>
    runWith(count, (quantile) => (quantile > 1 - slowShare ? 800 : 50));

  function runWith(count: number, msAt: (quantile: number) => number) {
    const ok = latencyAt(count, 1, LADDER_QUANTILES.map(msAt));
    const { latencyMs, ...endpoint } = endpointSummary('a', { outcomes: { ok: count } });
    const measured = measuredRun([{ ...endpoint, latencyMs: { ...latencyMs, ok } }], {
      load: loadRecord(HALF_A_MINUTE),
      thresholds: [P95],
    });
    return asStored(runSummary(measured));
  }

  it('wants more samples than a percentile needs anyway, and is worth another run', () => {
    const problem = problemOfRun(FEW_SAMPLES, runWithSlow(1000, 0.045));
    expect(problem?.summary).toContain('a has 1,000, and');
    const needed = Number(/and ([\d,]+) are needed/.exec(problem?.summary ?? '')?.[1]?.replaceAll(',', ''));
    expect(needed).toBeGreaterThan(1000);
    expect(problem?.evidence[0]).toContain(', 90 % interval ');
    expect(problem?.description).toContain('may be on its other side');
    expect(urgenciesOf(problem)).toEqual(['should']);
  });

  it.each([0, 0.01, 0.2])('is not one with %f of enough responses beyond it', (slowShare) => {
    expect(problemOfRun(FEW_SAMPLES, runWithSlow(1000, slowShare))).toBeUndefined();
  });

  it('is not one either where the limit is far and the responses are just enough', () => {
    expect(problemOfRun(FEW_SAMPLES, runWithSlow(repliesNeeded(0.95), 0))).toBeUndefined();
  });

  it('that lies at it is decided by no longer run', () => {
    const problem = problemOfRun(
      FEW_SAMPLES,
      runWith(1000, (quantile) => 500 + 1000 * (quantile - 0.95)),
    );
    expect(problem?.summary).toContain('a has 1,000, and lies at its limit.');
    expect(adviceOf(problem)).toEqual([
      expect.stringMatching(/^should: Judge the share of responses beyond the limit/),
    ]);
  });
});
