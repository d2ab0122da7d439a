import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { budgets } from '../../../thresholds/index.ts';
import { thresholdsOf } from '../../core/judge/budgets.ts';
import { addOutcomes } from '../../core/measure/outcome.ts';
import { type LoadShape, plannedIterations } from '../../core/spec/load-shape.ts';
import { sum } from '../../core/spec/sum.ts';
import { endpoints as definitions } from '../../reference/endpoints/index.ts';
import { readSummaryFile } from '../../results/read-summary-file.ts';

const file = fileURLToPath(new URL('load-concurrent-001.summary.json', import.meta.url));
const run = readSummaryFile(file);
const { totals, endpoints, load } = run;

it('the figures of LOAD-CONCURRENT-001 add up', () => {
  expect(totals.requests).toBe(7300);
  expect(totals.outcomes).toEqual({ ok: 270, rate_limited: 2220, not_found: 500, unclassified: 4310 });
  expect(sum(endpoints.map(({ requests }) => requests))).toBe(7300);
  expect(addOutcomes(endpoints.map(({ outcomes }) => outcomes))).toEqual(totals.outcomes);
  expect(sum(endpoints.map(({ latencyMs }) => latencyMs.ok.count))).toBe(270);
  for (const { requests, latencyMs } of endpoints) expect(latencyMs.all.count).toBe(requests);
});

it('the mean over all requests is that of the endpoints', () => {
  const mean = sum(endpoints.map(({ latencyMs: { all } }) => (all.avg ?? 0) * all.count)) / totals.requests;
  expect(mean).toBeCloseTo(totals.latencyMs.all.avg ?? 0, 1);
});

it('its plan is what was sent: five endpoints in each scenario', () => {
  expect(Object.values(load.plan ?? {}).map((shape: LoadShape) => plannedIterations(shape, 5))).toEqual([
    2500, 2500, 300, 2000,
  ]);
  expect(load.plannedIterations).toBe(totals.requests);
});

it('its endpoints and thresholds are those of the project', () => {
  expect(endpoints.map(({ requests: _, outcomes: __, latencyMs: ___, ...facts }) => facts)).toEqual(
    definitions.map((definition) => ({ ...definition })),
  );
  expect(
    run.thresholds.map(({ metric, limit, endpoint }) => ({
      metric,
      limit,
      ...(endpoint === undefined ? {} : { endpoint }),
    })),
  ).toEqual(
    thresholdsOf(
      budgets,
      definitions.map(({ id }) => id),
    ),
  );
});

it('it fails on what is known, and does not pass on what is not', () => {
  expect(run.verdict).toBe('fail');
  expect(run.reasons[0]).toBe('success rate (excluding expected 429s): 5.3 %, must be >= 99 % (5,080 samples)');
  const overall = Object.fromEntries(
    run.thresholds.filter(({ endpoint }) => endpoint === undefined).map(({ metric, verdict }) => [metric, verdict]),
  );
  expect(overall).toEqual({
    okP95Ms: 'no_data',
    timeoutRate: 'no_data',
    serverErrors: 'pass',
    refusedOrReset: 'no_data',
    successShare: 'fail',
  });
  expect(run.lacks).toContain(
    'Why requests got no response was not recorded: a timeout, a refused connection or a reset.',
  );
});
