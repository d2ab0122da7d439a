import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { atRest, type EndpointFixture, endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { buildReport } from './report.ts';

interface Met extends EndpointFixture {
  /** What one user met; absent where it was not met. */
  readonly rest?: OutcomeCounts;
  readonly okMs?: readonly number[];
}

function sequentialOf(...met: readonly Met[]) {
  const endpoints = met.map(({ rest: _, okMs: __, ...fixture }, i) => endpointSummary(`e${i}`, fixture));
  const rests = met.flatMap(({ rest, okMs }, i) =>
    rest === undefined ? [] : [{ ...atRest(`e${i}`, rest), ...(okMs === undefined ? {} : { okMs }) }],
  );
  return buildReport({ runs: [asStored(runSummary(measuredRun(endpoints, { atRest: rests })))] }).sequential;
}

/** The median of its successful responses under load is this multiple of that of one user. */
const slowedBy = (factor: number): Met => ({
  outcomes: { ok: 1001 },
  okMedianMs: 10 * factor,
  rest: { ok: 3 },
  okMs: [10, 9, 11],
});

it('adds up what one user sent and got', () => {
  const well = slowedBy(1);
  expect(sequentialOf(well, { outcomes: { ok: 5 }, rest: { ok: 1, timeout: 2 }, okMs: [10] })).toMatchObject({
    requests: 6,
    okReplies: 4,
    brokenEndpoints: 0,
  });
});

describe('the conclusion', () => {
  it('says that nothing was met at rest', () => {
    expect(sequentialOf({ outcomes: { ok: 5 } }).conclusion).toMatch(/^No unloaded baseline was measured/);
  });

  it.each([
    [1, 'Median endpoint: 1× its unloaded latency.'],
    [2.9, 'Median endpoint: 2.9× its unloaded latency.'],
    [0.5, 'Median endpoint: 0.5× its unloaded latency.'],
  ])('with a factor of %d says that %s', (factor, text) => {
    expect(sequentialOf(slowedBy(factor)).conclusion).toContain(text);
  });

  it('is of the endpoint in the middle', () => {
    expect(sequentialOf(slowedBy(1), slowedBy(50), slowedBy(4)).medianFactor).toBeCloseTo(4, 1);
  });

  it('parts what never worked from what fails under load', () => {
    const { conclusion, brokenEndpoints } = sequentialOf(
      { outcomes: { not_found: 9 }, rest: { not_found: 3 } },
      { outcomes: { timeout: 9 }, rest: { ok: 3 } },
      { outcomes: { timeout: 9 } },
    );
    expect(brokenEndpoints).toBe(1);
    expect(conclusion).toBe('1 endpoint also failed without load. 1 endpoint worked without load, but not under load.');
  });

  it('says that there is nothing to compare where limits were used up before', () => {
    const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
    const used: Met = { outcomes: { ok: 9, rate_limited: 90 }, rateLimit, rest: { rate_limited: 3 } };
    expect(sequentialOf(used).conclusion).toMatch(/so nothing can be compared\.$/);
  });
});
