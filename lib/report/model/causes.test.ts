import { expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { Cause, EndpointSummary } from '../../core/measure/measured.ts';
import { endpointSummary, measuredRun, runSummary } from '../../testing/runs.ts';
import { causeLines, causesBehind, causesOf, causesText, causeWords } from './causes.ts';
import { buildReport } from './report.ts';

const reset = { outcome: 'reset', errorCode: 1220, text: 'read: connection reset by peer' } as const;
const status = (code: number, count: number): Cause => ({
  outcome: code === 429 ? 'rate_limited' : code >= 500 ? 'server_error' : 'client_error',
  status: code,
  count,
});
const with_ = (causes: readonly Cause[], rateLimit?: EndpointSummary['rateLimit']): EndpointSummary => ({
  ...endpointSummary('a', { outcomes: { ok: 1 }, ...(rateLimit === undefined ? {} : { rateLimit }) }),
  causes,
});
const LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

it('a response is named by its status, the lack of one by its outcome and what k6 says of it', () => {
  expect(causesText([status(503, 1240), status(500, 2), { ...reset, count: 3 }])).toBe(
    'status 503: 1,240, status 500: 2, connection reset (read: connection reset by peer): 3',
  );
  expect(causeWords({ outcome: 'other_error', errorCode: 1000 })).toBe('other error (error 1000 of k6)');
  expect(causeWords({ outcome: 'timeout', text: 'timeout' })).toBe('timeout');
  expect(causeWords({ outcome: 'refused' })).toBe('connection refused');
});

it('causes of several runs are counted together, the commonest first', () => {
  const parts = [with_([{ ...reset, count: 3 }, status(503, 2)]), with_([status(503, 2), status(500, 1)])];
  expect(causesOf(parts)).toEqual([status(503, 4), { ...reset, count: 3 }, status(500, 1)]);
});

it('the 429 of a declared limit are no failures, and those of no limit are', () => {
  const causes = [status(429, 50), status(503, 2)];
  expect(causesOf([with_(causes, LIMIT)])).toEqual([status(503, 2)]);
  expect(causesOf([with_(causes)])).toEqual(causes);
  expect(causesOf([with_(causes, LIMIT), with_(causes)])).toEqual(
    causes.map((each) => ({ ...each, count: each.status === 503 ? 4 : 50 })),
  );
});

it('evidence tells those that are asked for', () => {
  const endpoint = { causes: [status(503, 40), status(401, 7), { ...reset, count: 1 }] };
  expect(causesBehind(endpoint, ['server_error'])).toBe('; status 503: 40');
  expect(causesBehind(endpoint, ['timeout'])).toBe('');
  expect(causesBehind({}, ['server_error'])).toBe('');
  expect(causeLines([endpoint, endpoint, {}], ['reset'])).toEqual([
    'connection reset (read: connection reset by peer): 2 requests',
  ]);
});

it.each<[string, EndpointSummary['outcomes'], Cause, string]>([
  [
    'server-errors',
    { ok: 900, server_error: 9 },
    status(503, 9),
    '9 server errors in 909 requests (1 %); status 503: 9',
  ],
  [
    'wrong-status',
    { ok: 900, client_error: 9 },
    status(403, 9),
    '9 responses client error (other 4xx) of 909 requests; status 403: 9',
  ],
  [
    'timeouts',
    { ok: 900, timeout: 9 },
    { outcome: 'timeout', text: 'dial: i/o timeout', count: 9 },
    '; timeout (dial: i/o timeout): 9',
  ],
  [
    'not-accepting',
    { ok: 900, reset: 9 },
    { ...reset, count: 9 },
    'connection reset (read: connection reset by peer): 9 requests',
  ],
  [
    'not-sent',
    { ok: 900, not_sent: 9 },
    { outcome: 'not_sent', text: 'socket: too many open files', count: 9 },
    'not sent (limit of this machine) (socket: too many open files): 9 requests',
  ],
  [
    'unreachable-tls',
    { ok: 900, tls: 9 },
    { outcome: 'tls', text: 'x509: certificate has expired', count: 9 },
    'TLS failed (x509: certificate has expired): 9 requests',
  ],
  ['broken-access', { client_error: 9 }, status(401, 9), 'under load 9 client error (other 4xx); status 401: 9'],
])('the finding %s says why', (id, outcomes, cause, text) => {
  const endpoint: EndpointSummary = { ...endpointSummary('a', { outcomes }), causes: [cause] };
  const run = runSummary(measuredRun([endpoint], { atRest: [] }));
  const problem = buildReport({ runs: [asStored(run)] }).problems.find((each) => each.id === id);
  expect(problem?.evidence.join('\n')).toContain(text);
});

it('an endpoint that turns every request away is named with the status', () => {
  const endpoint: EndpointSummary = {
    ...endpointSummary('a', { outcomes: { client_error: 9 } }),
    causes: [status(401, 9)],
  };
  const [problem] = buildReport({ runs: [asStored(runSummary(measuredRun([endpoint], { atRest: [] })))] }).problems;
  expect(problem?.summary).toBe('/api/a fails whatever the load: status 401.');
});
