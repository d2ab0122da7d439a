import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import type { Latency } from '../../../core/measure/quantile-ladder.ts';
import { sum } from '../../../core/spec/sum.ts';
import {
  adviceOf,
  evidenceFor,
  idsOf,
  oneEndpoint,
  problemOf,
  problemOfRun,
  runOf,
  statementsOf,
  urgenciesOf,
} from '../../../testing/problems.ts';
import { endpointSummary } from '../../../testing/runs.ts';
import type { EndpointEvidence, RunEvidence } from '../evidence.ts';
import { mostTimeouts } from './no-answer.ts';

/** An endpoint with a timeout of 30 s whose requests took so long. */
function endpointWith(outcomes: OutcomeCounts, all: Omit<Latency, 'count'>, timeoutMs = 30_000): EndpointEvidence {
  const base = endpointSummary('a', { outcomes, timeoutMs });
  const latencyMs = { all: { count: base.requests, ...all }, ok: { count: 0 } };
  return { ...base, latencyMs, judgedRequests: base.requests, thresholds: [] };
}

describe('of requests without a cause, as many can have lasted the whole timeout', () => {
  it.each<[string, Omit<Latency, 'count'>, number | undefined]>([
    ['as fit the time that all took together', { avg: 3000 }, 50],
    ['as fit that time, not one that is only part of it', { avg: 2999 }, 49],
    ['as lie above the p95', { avg: 20_000, p95: 29_999 }, 25],
    ['as lie above the p99', { avg: 20_000, p99: 29_999 }, 5],
    ['as lie above the p90', { avg: 20_000, p90: 29_999 }, 50],
    ['as lie above the median', { avg: 20_000, p50: 29_999 }, 250],
    ['as the narrowest bound allows', { avg: 3000, p50: 100, p90: 100, p95: 100 }, 25],
    ['as there are, where every percentile is as long', { avg: 60_000, p50: 30_000, p99: 30_000 }, 480],
    ['none, where no one waited', { avg: 59, p50: 10, p99: 10 }, 0],
    ['is not known, where there is no average', { p95: 10 }, undefined],
  ])('%s', (_case, all, most) => {
    expect(mostTimeouts(endpointWith({ ok: 20, unclassified: 480 }, all))).toBe(most);
  });

  it('is not known where the timeout is not', () => {
    const { timeoutMs: _, ...endpoint } = endpointWith({ unclassified: 5 }, { avg: 1 });
    expect(mostTimeouts(endpoint)).toBeUndefined();
  });

  // 22 replies have the p95 at 0.95 of the way from the 20th to the 21st: it lies below the timeout, two are timeouts.
  it('is never fewer than there were, whatever the percentiles', () => {
    const timeoutMs = 1000;
    const percentile = (sorted: readonly number[], q: number) => {
      const rank = q * (sorted.length - 1);
      const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
      return low + (high - low) * (rank - Math.floor(rank));
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(60),
        fc.double({ min: 0, max: 999, noNaN: true }),
        (n, k, ms) => {
          const timeouts = Math.min(n, k);
          const sorted = [...Array<number>(n - timeouts).fill(ms), ...Array<number>(timeouts).fill(timeoutMs)];
          const all = {
            avg: sum(sorted) / n + 1e-6,
            p50: percentile(sorted, 0.5),
            p90: percentile(sorted, 0.9),
            p95: percentile(sorted, 0.95),
            p99: percentile(sorted, 0.99),
          };
          expect(mostTimeouts(endpointWith({ unclassified: n }, all, timeoutMs))).toBeGreaterThanOrEqual(timeouts);
        },
      ),
      { examples: [[22, 2, 0]] },
    );
  });
});

describe('failures without a recorded cause', () => {
  it.each([
    [49, 'high'],
    [50, 'critical'],
  ])('%i in 1,000 are %s', (unclassified, severity) => {
    expect(problemOf('cause-not-recorded', oneEndpoint({ ok: 1000 - unclassified, unclassified }))).toMatchObject({
      severity,
      impact: 'high',
    });
  });

  it('are a matter of measuring, unless somebody wrote the figures down who got no answer', () => {
    const mixed = oneEndpoint({ ok: 9, unclassified: 1 });
    expect(problemOf('cause-not-recorded', mixed)).toMatchObject({
      area: 'measurement',
      title: 'Requests failed for an unrecorded reason',
    });
    const byHand = problemOfRun('cause-not-recorded', { ...runOf(mixed), source: 'hand-made' });
    expect(byHand).toMatchObject({
      area: 'availability',
      title: 'Requests got no response, for an unrecorded reason',
    });
    expect(byHand?.recommendations.at(-1)?.text).toContain('Read the log of the server process');
  });

  it('say how many of them can have been timeouts', () => {
    const run = runOf(oneEndpoint({ ok: 20, unclassified: 480 }));
    const endpoints = run.endpoints.map((endpoint) => ({
      ...endpoint,
      latencyMs: { all: { count: 500, avg: 3000 }, ok: { count: 20 } },
    }));
    const problem = problemOfRun('cause-not-recorded', { ...run, endpoints } as RunEvidence);
    expect(problem?.summary).toBe(
      '96 % of all requests (480 requests) failed without a recorded cause, of which at most 50 can have lasted 30s.',
    );
    expect(problem?.evidence).toEqual([
      '/api/a: 480 of 500 requests without a cause, average of all 3.0 s: at most 50 timeouts',
    ]);
    expect(evidenceFor(problem, 'They were timeouts')).toEqual([
      ['up to 50 requests can have lasted so long'],
      ['the other 430 requests cannot'],
    ]);
    expect(adviceOf(problem)).toEqual([expect.stringMatching(/^should: Run the test with k6-verdict/)]);
  });

  it('say no bound where the average is not known, or the figures were made by hand', () => {
    const run = runOf(oneEndpoint({ ok: 20, unclassified: 480 }));
    const endpoints = run.endpoints.map((endpoint) => ({
      ...endpoint,
      latencyMs: { all: { count: 500 }, ok: { count: 20 } },
    }));
    const problem = problemOfRun('cause-not-recorded', { ...run, endpoints, source: 'hand-made' });
    expect(problem?.summary).toBe('96 % of all requests (480 requests) failed without a recorded cause.');
    expect(problem?.evidence).toEqual(['/api/a: 480 of 500 requests without a cause']);
    expect(problem?.hypotheses).toEqual([]);
    expect(urgenciesOf(problem)).toEqual(['must', 'must']);
  });

  it('look like refused connections where an endpoint without a response averages 2.03 s, 2 % more or less', () => {
    const hypothesesAt = (avg: number) => {
      const run = runOf(oneEndpoint({ unclassified: 100 }));
      const endpoints = run.endpoints.map((each) => ({
        ...each,
        latencyMs: { all: { count: 100, avg }, ok: { count: 0 } },
      }));
      return statementsOf(problemOfRun('cause-not-recorded', { ...run, endpoints } as RunEvidence)).join();
    };
    expect(hypothesesAt(2030)).toContain('refused connections');
    expect(hypothesesAt(2070)).toContain('refused connections');
    expect(hypothesesAt(2071)).not.toContain('refused connections');
    expect(hypothesesAt(1989)).not.toContain('refused connections');
  });

  it('are not found where each has a cause', () => {
    expect(idsOf(oneEndpoint({ ok: 9, timeout: 1 }))).not.toContain('cause-not-recorded');
  });
});
