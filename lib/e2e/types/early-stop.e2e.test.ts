import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { makeProject, OWN_SCENARIO } from '../own-project.ts';
import { runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

const LOAD = { VUS: '5', DURATION: '40s', THINK_TIME: '100ms', REQUEST_TIMEOUT: '300ms' };

it.each([
  ['server errors', ['--error-share', '1'], 'server errors'],
  ['timeouts', ['--hang', 'projects'], 'timeouts'],
])('a hopeless run ends early, after its delay, and says so: %s', async (_, args, reason) => {
  const backend = await backendWith('--no-rate-limits', ...args);
  const { summary, exitCode, report } = await runScenario('sustained', { ...LOAD, BASE_URL: backend.url }, [
    '--abort-on-fail',
    '3s',
  ]);
  expect(exitCode).toBe(99);
  expect(summary.verdict).toBe('fail');
  expect(summary.load.endedEarly).toBe(true);
  expect(summary.load.windowSeconds).toBeGreaterThan(2);
  expect(summary.load.windowSeconds).toBeLessThan(15);
  expect(summary.reasons.join('\n')).toContain('ended early');
  expect(summary.reasons.join('\n')).toContain(reason);
  expect(report).toContain('ended early');
});

it('without --abort-on-fail, and with thresholds that hold, a run goes to its end', async () => {
  const backend = await backendWith('--no-rate-limits');
  const { summary, exitCode } = await runScenario('sustained', { ...LOAD, DURATION: '4s', BASE_URL: backend.url }, [
    '--abort-on-fail',
    '1s',
  ]);
  expect(exitCode).toBe(0);
  expect(summary.load.endedEarly).toBeUndefined();
  expect(summary.load.windowSeconds).toBeGreaterThan(3.9);
});

it.each([
  [
    'how long journeys take',
    '{ everyJourney: { okP50Ms: 1 }, custom: { sold: { countAtLeast: 1 } } }',
    'p50 of completed',
  ],
  ['what a counter of the author comes to', '{ custom: { sold: { countAtMost: 3, countAtLeast: 1 } } }', 'sold: count'],
])('a hopeless run of journeys ends early, and names the limits that it waits for: %s', async (_, limits, reason) => {
  const folder = makeProject({
    declarations: `
import { Counter } from 'k6/metrics';
const sold = new Counter('sold');
const health = defineEndpoint({ id: 'system-info', path: '/api/system/info', category: 'System' });
const buy = k6.journey('buy', { endpoints: [health] }, ({ send, think }) => {
  send(health);
  think(0.1);
  sold.add(1);
});
`,
    journeys: '[buy]',
    budgets: `{ overall: {}, everyEndpoint: {}, endpoints: { 'system-info': {} }, ...${limits} }`,
    plan: '{ users: k6.constantUsers({ users: 3, durationSeconds: 40 }) }',
  });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const backend = await backendWith('--no-rate-limits');
  const run = await runScenario(OWN_SCENARIO, { BASE_URL: backend.url }, ['--abort-on-fail', '1s'], folder);
  expect(run.exitCode, run.stdout + run.stderr).toBe(99);
  expect(run.summary.load.endedEarly).toBe(true);
  expect(run.summary.reasons.join('\n')).toContain(reason);
  expect(run.stdout + run.stderr).toContain('judged only when the load is over: count, at least (sold).');
});
