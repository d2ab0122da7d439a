import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { makeProject, OWN_SCENARIO } from '../own-project.ts';
import { callTool, runScenario } from '../tool.ts';
import { backendWith } from '../truth.ts';

/** A project whose journey adds to some of its metrics, with limits on these. Gone after the test. */
function project(custom: string): string {
  const folder = makeProject({
    declarations: `
import { Counter, Rate, Trend } from 'k6/metrics';
const [sold, lost] = [new Counter('sold'), new Counter('lost')];
const [basket, found] = [new Trend('basket_size'), new Rate('found')];
const health = defineEndpoint({ id: 'system-info', path: '/api/system/info', category: 'System' });
const buy = k6.journey('buy', { endpoints: [health] }, ({ send, setup }) => {
  if (!send(health).ok) lost.add(1);
  sold.add(2);
  if (setup !== undefined) basket.add(1);
});
`,
    journeys: '[buy]',
    budgets: `{ overall: {}, everyEndpoint: {}, endpoints: { 'system-info': {} }, custom: ${custom} }`,
    plan: '{ users: k6.fixedJourneys({ users: 2, journeysPerUser: 3 }) }',
  });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('a counter that nothing was added to is 0, and another metric without values is no_data', async () => {
  const backend = await backendWith('--no-rate-limits');
  const custom = '{ sold: { countAtLeast: 12, countAtMost: 12 }, lost: { countAtMost: 0 }, basket_size: { max: 2 } }';
  const run = await runScenario(OWN_SCENARIO, { BASE_URL: backend.url }, [], project(custom));
  expect(run.exitCode, run.stdout + run.stderr).toBe(99);
  expect(run.summary.thresholds.map(({ custom: name, actual, verdict }) => [name, actual, verdict])).toEqual([
    ['sold', 12, 'pass'],
    ['sold', 12, 'pass'],
    ['lost', 0, 'pass'],
    ['basket_size', undefined, 'no_data'],
  ]);
});

it.each([
  ['that the scenario does not make', '{ sould: { countAtMost: 1 } }', /scenario does not make: "sould"/],
  ['of another kind', '{ found: { countAtMost: 1 } }', /"found" that it cannot have\.\n {2}received: a rate/],
])('limits on a metric %s are refused before anything is sent', async (_, custom, message) => {
  const url = 'http://127.0.0.1:9';
  const { exitCode, stdout, stderr } = await callTool(['run', OWN_SCENARIO], { BASE_URL: url }, project(custom));
  expect(exitCode, stdout + stderr).toBe(2);
  expect(stdout + stderr).toMatch(message);
});
