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

/** The median of its ok replies under load is this multiple of that of one user. */
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
    expect(sequentialOf({ outcomes: { ok: 5 } }).conclusion).toMatch(/^Nothing was measured at rest/);
  });

  it.each([
    [1, 'successful responses were about as fast as with one user (1.0×).'],
    [1.4, 'successful responses were about as fast as with one user (1.4×).'],
    [0.8, 'successful responses were about as fast as with one user (0.8×).'],
    [1.6, 'a successful response took 1.6× as long as with one user.'],
    [2.9, 'a successful response took 2.9× as long as with one user.'],
    [0.5, 'a successful response took 0.5× as long as with one user.'],
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
    expect(conclusion).toBe(
      '1 endpoint did not work for one user either. 1 endpoint worked for one user and not well enough under load.',
    );
  });

  it('says that there is nothing to compare where limits were used up before', () => {
    const rateLimit = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;
    const used: Met = { outcomes: { ok: 9, rate_limited: 90 }, rateLimit, rest: { rate_limited: 3 } };
    expect(sequentialOf(used).conclusion).toMatch(/there is nothing to compare\.$/);
  });
});
