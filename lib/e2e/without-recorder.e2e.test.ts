import { expect, it } from 'vitest';
import { findK6 } from '../k6-binary/find-k6.ts';
import { readTimeline } from '../results/timeline.ts';
import { k6WithoutRecorder } from '../testing/k6-without-recorder.ts';
import { expectK6SummaryToTellTheSame } from './k6-summary.ts';
import { callTool, countOf, runScenario, temporaryFolder } from './tool.ts';
import { backendWith, expectSumsToAgree, outcomesByTruth } from './truth.ts';

async function plainK6(): Promise<string> {
  return k6WithoutRecorder((await findK6()).path, temporaryFolder());
}

it('a k6 without the recorder counts, measures and judges as its summary allows, and the report says what is missing', async () => {
  const backend = await backendWith('--no-rate-limits', '--error-share', '0.2');
  const K6_BIN = await plainK6();
  const { summary, folder, files, report, exitCode } = await runScenario(
    'sustained',
    { VUS: '5', DURATION: '3s', THINK_TIME: '50ms', BASE_URL: backend.url, K6_BIN },
    ['--no-baseline'],
  );
  const truth = await backend.readTruth();
  expectSumsToAgree(summary);
  expect(summary.totals.requests).toBe(truth.totals.received);
  expect(summary.totals.outcomes).toEqual(outcomesByTruth(truth.totals.delivered));
  expect(countOf(summary.totals.outcomes, 'server_error')).toBeGreaterThan(0);
  expect(summary.endpoints.every(({ latencyMs }) => latencyMs.ok.ladder !== undefined)).toBe(true);
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(files.filter((file) => file.startsWith('record'))).toEqual([]);
  expect(summary.isUnrecorded).toBe(true);
  expect(summary).not.toHaveProperty('overTime');
  expect(readTimeline(folder, summary)).toEqual({ note: 'No requests over time: nothing recorded them.' });
  expect(report).toContain('This k6 has no recorder');
  await expectK6SummaryToTellTheSame(folder);
});

it('the options that change the work, and with them the workload, are the same with the recorder and without', async () => {
  const options = ['--no-connection-reuse', '--batch', '5', '--dns', 'ttl=0,policy=onlyIPv4', '--user-agent', 'me/1'];
  const args = ['--no-baseline', '--', ...options, '--local-ips', '127.0.0.1-127.0.0.2', '--insecure-skip-tls-verify'];
  const load = { PLAN: 'reference', VUS: '2', THINK_TIME: '0' };
  const { summary: recorded } = await runScenario('sustained', load, args);
  const { summary: unrecorded } = await runScenario('sustained', { ...load, K6_BIN: await plainK6() }, args);
  expect(recorded.k6Options).toMatchObject({ localIPs: '127.0.0.1-127.0.0.2', batch: 5 });
  expect(recorded.k6Options).toEqual(unrecorded.k6Options);
  expect(recorded.fingerprint).toBe(unrecorded.fingerprint);
  expect(recorded.load.clientAddresses).toBe(2);
});

it.each([
  [['run', 'recovery'], 'recovery needs the recorder'],
  [['run', 'soak'], 'soak needs the recorder'],
  [['run', 'sustained', '--segment', '5s'], 'Chunks need the recorder'],
])('%j is refused with a k6 without the recorder, before anything is sent', async (args, what) => {
  const K6_BIN = await plainK6();
  const { exitCode, stderr } = await callTool([...args, '--results', temporaryFolder()], { K6_BIN });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(what);
  expect(stderr).toMatch(/to do: .*K6_BIN/);
});
