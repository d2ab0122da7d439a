import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { EndpointTruth, Truth } from '../backend/truth.ts';
import type { EndpointSummary } from '../core/measured.ts';
import type { RunSummary } from '../core/run-summary.ts';
import { countOf, runScenario } from './tool.ts';
import { backendWith, expectSumsToAgree, outcomesByTruth } from './truth.ts';

const LOAD = { VUS: '10', DURATION: '3s', THINK_TIME: '50ms', REQUEST_TIMEOUT: '1s' };

function endpointsOf(
  truth: Truth,
  summary: RunSummary,
): { counted: EndpointSummary; truth: EndpointTruth; atRest: number }[] {
  return summary.endpoints.map((counted) => ({
    counted,
    truth: truth.endpoints[counted.id as keyof Truth['endpoints']],
    atRest: summary.atRest.find(({ endpoint }) => endpoint === counted.id)?.sent ?? 0,
  }));
}

describe('the counts in summary.json are the server’s own', () => {
  it('without the requests at rest, status by status', async () => {
    const backend = await backendWith();
    const { summary, exitCode } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, ['--no-at-rest']);
    const truth = await backend.readTruth();
    expect(exitCode).toBe(0);
    expectSumsToAgree(summary);
    expect(summary.totals.requests).toBe(truth.totals.received);
    expect(summary.totals.requests).toBeGreaterThan(100);
    for (const { counted, truth: own } of endpointsOf(truth, summary))
      expect(counted.outcomes).toEqual(outcomesByTruth(own.delivered));
    expect(summary.atRest).toEqual([]);
  });

  it('with the requests at rest, which are in no total', async () => {
    const backend = await backendWith('--no-rate-limits');
    const { summary } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url });
    expectSumsToAgree(summary);
    for (const { counted, truth, atRest } of endpointsOf(await backend.readTruth(), summary)) {
      expect(atRest).toBe(4);
      expect(truth.delivered).toEqual({ 200: counted.requests + atRest });
    }
  });

  it('without the requests of a warm-up, of which the server knows how many there were', async () => {
    const backend = await backendWith('--no-rate-limits');
    const load = { RATE: '40', DURATION: '3s', WARM_UP: '2s', BASE_URL: backend.url };
    const { summary, report, exitCode } = await runScenario('mixed', load, ['--no-at-rest']);
    const truth = await backend.readTruth();
    expect(exitCode).toBe(0);
    expectSumsToAgree(summary);
    expect(summary.load).toMatchObject({
      warmUpSeconds: 2,
      plannedIterations: 120,
      iterations: { completed: summary.totals.requests, dropped: 0, failed: 0 },
    });
    const warmUp = truth.totals.received - summary.totals.requests;
    // k6 starts one arrival more or less at either end of a stream, and there are two.
    expect(Math.abs(warmUp - 80)).toBeLessThanOrEqual(2);
    expect(Math.abs(summary.totals.requests - 120)).toBeLessThanOrEqual(2);
    expect(summary.load.windowSeconds).toBeGreaterThan(2.5);
    expect(summary.load.windowSeconds).toBeLessThan(4);
    expect(report).toContain('after a warm-up of 2s, which is in no figure');
  });

  it('without what a warm-up could not start or was answered', async () => {
    const backend = await backendWith('--no-rate-limits', '--delay-ms', '200', '--status', 'projects=500');
    const load = { VUS: '5', DURATION: '2s', WARM_UP: '1s', THINK_TIME: '0', BASE_URL: backend.url };
    const { summary } = await runScenario('sustained', load, ['--no-at-rest']);
    const truth = await backend.readTruth();
    const ofLoad = summary.totals.outcomes.server_error ?? 0;
    const delivered = truth.endpoints.projects.delivered[500] ?? 0;
    expect(ofLoad).toBeGreaterThan(0);
    expect(ofLoad).toBeLessThan(delivered);
    expect(summary.load.iterations.completed).toBe(summary.totals.requests);
  });

  it('when a part of the replies are errors', async () => {
    const backend = await backendWith('--error-share', '0.2');
    const { summary, exitCode } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, ['--no-at-rest']);
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    for (const { counted, truth } of endpointsOf(await backend.readTruth(), summary)) {
      expect(counted.outcomes).toEqual(outcomesByTruth(truth.delivered));
      expect(countOf(counted.outcomes, 'server_error')).toBeGreaterThan(0);
    }
  });

  it('when connections are reset, as long as none is kept alive for k6 to try again', async () => {
    const backend = await backendWith('--reset-share', '0.2', '--no-keep-alive');
    const { summary, report } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, ['--no-at-rest']);
    expectSumsToAgree(summary);
    for (const { counted, truth } of endpointsOf(await backend.readTruth(), summary)) {
      expect(counted.requests).toBe(truth.received);
      expect(counted.outcomes).toEqual({ ...outcomesByTruth(truth.delivered), reset: truth.reset });
    }
    expect(report).toContain('connection reset');
  });

  it('when replies take longer than the timeout', async () => {
    const backend = await backendWith('--hang', 'projects', '--no-rate-limits');
    const { summary, exitCode } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, ['--no-at-rest']);
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    for (const { counted, truth } of endpointsOf(await backend.readTruth(), summary)) {
      expect(counted.requests).toBe(truth.received);
      expect(counted.outcomes).toEqual(
        counted.id === 'projects' ? { timeout: truth.abandoned } : { ok: truth.delivered[200] },
      );
    }
  });

  it('when the server stops accepting in the middle: refused, neither a timeout nor stable', async () => {
    const backend = await backendWith('--close-after', '200', '--no-rate-limits', '--no-keep-alive');
    const { summary, report, stdout, exitCode } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, [
      '--no-at-rest',
    ]);
    const truth = await backend.readTruth();
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    const { outcomes, requests } = summary.totals;
    expect(outcomes.ok).toBe(truth.totals.delivered[200]);
    expect(outcomes.ok).toBe(200);
    const neverArrived = requests - truth.totals.received;
    expect(countOf(outcomes, 'refused', 'reset')).toBe(neverArrived + truth.totals.reset);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(outcomes.timeout).toBeUndefined();
    for (const text of [report, stdout]) {
      expect(text).toContain('connection refused');
      expect(text).not.toMatch(/stable|responsive/);
    }
    expect(report).toContain('nothing was accepting connections');
  });
});

it('one endpoint of five that answers only 404 fails the run', async () => {
  const backend = await backendWith('--status', 'projects=404', '--no-rate-limits');
  const { summary, exitCode, report } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url });
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(summary.reasons.join()).toContain('projects: ok replies: 0, must be >= 1');
  expect(report).toContain('/api/projects is broken with a single user already: status 404.');
  expect(report).toContain('### Broken, load or not (1)');
});

it('a run stores a summary that its JSON Schema accepts, and the whole set of files', async () => {
  const { summary, files, exitCode, stdout } = await runScenario('smoke', { DURATION: '3s' });
  expect(exitCode).toBe(0);
  expect(files).toEqual(['k6.log', 'report.html', 'report.json', 'report.md', 'summary.json', 'timeline.ndjson.gz']);
  expect(stdout).toContain('PASS');
  const schema = JSON.parse(
    readFileSync(new URL('../core/run-summary.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  validate(summary);
  expect(validate.errors).toBeNull();
});
