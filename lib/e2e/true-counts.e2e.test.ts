import { rmSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { EndpointSummary } from '../core/measure/measured.ts';
import type { EndpointTruth, Truth } from '../reference/backend/truth.ts';
import { makeProject, OWN_SCENARIO, type OwnTest, unhurriedProject } from './own-project.ts';
import { countOf, runScenario, type StoredRun, type ToolEnd } from './tool.ts';
import { backendWith, expectSumsToAgree, outcomesByTruth } from './truth.ts';

/** 10 users, 5 endpoints, 10 requests of each user to each: however long it takes. */
const FIXED = { PLAN: 'reference', VUS: '10', THINK_TIME: '0' };
const REQUESTS = 500;

/** The scenario `sustained` with this fixed work, on a backend. */
function sustained(baseUrl: string, ...args: string[]): Promise<ToolEnd & StoredRun> {
  return runScenario('sustained', { ...FIXED, BASE_URL: baseUrl }, args, unhurriedProject());
}

function runOwn(test: OwnTest, environment: Record<string, string>): Promise<ToolEnd & StoredRun> {
  const project = makeProject(test);
  onTestFinished(() => rmSync(project, { recursive: true, force: true }));
  return runScenario(OWN_SCENARIO, environment, ['--no-baseline'], project);
}

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
    const { summary, exitCode } = await sustained(backend.url, '--no-baseline');
    const truth = await backend.readTruth();
    expect(exitCode).toBe(0);
    expectSumsToAgree(summary);
    expect(summary.totals.requests).toBe(truth.totals.received);
    expect(summary.totals.requests).toBe(REQUESTS);
    for (const { counted, truth: own } of endpointsOf(truth, summary))
      expect(counted.outcomes).toEqual(outcomesByTruth(own.delivered));
    expect(summary.atRest).toEqual([]);
  });

  it('with the requests at rest, which are in no total', async () => {
    const backend = await backendWith('--no-rate-limits');
    const { summary } = await sustained(backend.url);
    expectSumsToAgree(summary);
    expect(summary.totals.requests).toBe(REQUESTS);
    for (const { counted, truth, atRest } of endpointsOf(await backend.readTruth(), summary)) {
      expect(atRest).toBe(4);
      expect(truth.delivered).toEqual({ 200: counted.requests + atRest });
    }
  });

  it('without what a warm-up could not start or was answered', async () => {
    const backend = await backendWith('--no-rate-limits', '--delay-ms', '200', '--status', '500');
    const load = { VUS: '5', DURATION: '2s', WARM_UP: '1s', THINK_TIME: '0', BASE_URL: backend.url };
    const { summary, report } = await runScenario('sustained', load, ['--no-baseline']);
    const truth = await backend.readTruth();
    const ofLoad = summary.totals.outcomes.server_error ?? 0;
    expect(ofLoad).toBeGreaterThan(0);
    expect(ofLoad).toBeLessThan(truth.totals.delivered[500] ?? 0);
    expect(summary.totals.outcomes).toEqual({ server_error: ofLoad });
    expect(summary.load.warmUpSeconds).toBe(1);
    expect(summary.load.iterations.completed).toBe(summary.totals.requests);
    expect(report).toContain('after a warm-up of 1s, which is not counted');
  });

  it('when a part of the responses are errors', async () => {
    const backend = await backendWith('--error-share', '0.2', '--no-rate-limits');
    const { summary, exitCode } = await sustained(backend.url, '--no-baseline');
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    for (const { counted, truth } of endpointsOf(await backend.readTruth(), summary)) {
      expect(counted.outcomes).toEqual(outcomesByTruth(truth.delivered));
      expect(counted.outcomes).toEqual({ ok: 80, server_error: 20 });
    }
  });

  it('when connections are reset, as long as none is kept alive for k6 to try again', async () => {
    const backend = await backendWith('--reset-share', '0.2', '--no-keep-alive', '--no-rate-limits');
    const { summary, report } = await sustained(backend.url, '--no-baseline');
    expectSumsToAgree(summary);
    for (const { counted, truth } of endpointsOf(await backend.readTruth(), summary)) {
      expect(counted.requests).toBe(truth.received);
      expect(counted.outcomes).toEqual({ ...outcomesByTruth(truth.delivered), reset: truth.reset });
      expect(truth.reset).toBe(20);
    }
    expect(report).toContain('connection reset');
  });

  it('when responses take longer than the timeout', async () => {
    const backend = await backendWith('--hang', 'projects', '--no-rate-limits');
    const { summary, exitCode } = await runOwn(
      {
        plan: '{ users: k6.fixedWork({ users: 5, requestsPerEndpoint: 1 }) }',
        endpoints: '[service.projects, service.health]',
      },
      { BASE_URL: backend.url, REQUEST_TIMEOUT: '5s' },
    );
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    const truth = await backend.readTruth();
    for (const { counted, truth: own } of endpointsOf(truth, summary)) {
      expect(counted.requests).toBe(own.received);
      expect(counted.outcomes).toEqual(
        counted.id === 'projects' ? { timeout: own.abandoned } : { ok: own.delivered[200] },
      );
    }
    expect(truth.totals).toMatchObject({ abandoned: 5, delivered: { 200: 5 } });
  });

  it('when the server stops accepting in the middle: refused, neither a timeout nor stable', async () => {
    const backend = await backendWith('--close-after', '200', '--no-rate-limits', '--no-keep-alive');
    const { summary, report, stdout, exitCode } = await sustained(backend.url, '--no-baseline');
    const truth = await backend.readTruth();
    expect(exitCode).toBe(99);
    expectSumsToAgree(summary);
    const { outcomes, requests } = summary.totals;
    expect(requests).toBe(REQUESTS);
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
    expect(report).toContain('nothing accepted connections');
  });
});
