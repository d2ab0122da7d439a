import { expect, onTestFinished } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { countRequests } from '../core/measure/outcome.ts';
import type { EndpointTruth } from '../reference/backend/truth.ts';
import { type RunningBackend, type StartBackendOptions, startBackend } from '../testing/start-backend.ts';
import { countOf, sum } from './tool.ts';

/** A reference backend with these flags, stopped after the test. */
export function backendWith(...args: string[]): Promise<RunningBackend> {
  return startForTest({ args });
}

export async function startForTest(options: StartBackendOptions): Promise<RunningBackend> {
  const backend = await startBackend(options);
  onTestFinished(() => backend.stop());
  return backend;
}

/** What k6 must have seen, by the server's own account: its replies by status, as outcomes. */
export function outcomesByTruth(delivered: EndpointTruth['delivered']): Record<string, number> {
  const outcomes: Record<string, number> = {};
  for (const [status, count] of Object.entries(delivered)) {
    const outcome =
      status === '200' ? 'ok' : status === '429' ? 'rate_limited' : status === '404' ? 'not_found' : 'server_error';
    outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
  }
  return outcomes;
}

/** Outcomes sum to requests, endpoints to totals. */
export function expectSumsToAgree({ endpoints, totals }: RunSummary): void {
  for (const { requests, outcomes, latencyMs } of [...endpoints, totals]) {
    expect(countRequests(outcomes)).toBe(requests);
    expect(latencyMs.all.count).toBe(requests);
    expect(latencyMs.ok.count).toBe(countOf(outcomes, 'ok'));
  }
  expect(sum(endpoints.map(({ requests }) => requests))).toBe(totals.requests);
}
