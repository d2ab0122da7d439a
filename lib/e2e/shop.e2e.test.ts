import { expect, it } from 'vitest';
import { unhurriedProject } from './own-project.ts';
import { runScenario } from './tool.ts';
import { backendWith, expectSumsToAgree } from './truth.ts';

/** What `setup` and `teardown` of the scenario send: they log in, stock the shop, and clear it. */
const BESIDE: Readonly<Record<string, number>> = { login: 2, 'create-order': 3, 'delete-order': 3 };

it('journeys with credentials and data are counted as the server counts them, but not what is sent beside them', async () => {
  const backend = await backendWith('--token-seconds', '2');
  const load = { VUS: '10', DURATION: '5s', THINK_TIME: '100ms', BASE_URL: backend.url };
  const { summary, exitCode, stdout } = await runScenario('shop', load, ['--no-baseline'], unhurriedProject());
  expect(exitCode, stdout).toBe(0);
  expectSumsToAgree(summary);
  const { endpoints, unmatched } = await backend.readTruth();
  expect(unmatched).toEqual({});
  const seen = summary.endpoints.map(({ id }) => [
    id,
    endpoints[id as keyof typeof endpoints].received - (BESIDE[id] ?? 0),
  ]);
  expect(summary.endpoints.map(({ id, outcomes }) => [id, outcomes.ok])).toEqual(seen);
  expect(summary.load.iterations).toMatchObject({ failed: 0, interrupted: 0 });
});
