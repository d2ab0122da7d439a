import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { installPackage } from '../testing/install-package.ts';
import { callTool, runScenario, temporaryFolder } from './tool.ts';

/** A service that remembers what it was asked, with which `authorization`. */
async function startService(): Promise<{ readonly url: string; readonly asked: Set<string> }> {
  const asked = new Set<string>();
  const server = createServer(({ url, headers }, response) => {
    asked.add(`${url} ${headers.authorization ?? 'by nobody'}`);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const SCENARIO = `import { defineEndpoint } from 'k6-verdict';
import { defineLoadTest, fixedWork } from 'k6-verdict/k6';
const common = { category: 'Any', headers: { authorization: __ENV.TOKEN } };
const test = defineLoadTest({
  name: 'asks', testId: 'ASKS', purpose: 'Where?',
  endpoints: [
    defineEndpoint({ ...common, id: 'login', path: '/login', server: 'auth' }),
    defineEndpoint({ ...common, id: 'orders', path: '/orders' }),
  ],
  budgets: { overall: {}, everyEndpoint: {}, endpoints: {} },
  plans: { timed: { users: fixedWork({ users: 1, requestsPerEndpoint: 2 }) } },
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`;
const SCRIPT = `import http from 'k6/http';
export const options = { iterations: 2 };
const params = { headers: { authorization: __ENV.TOKEN } };
export default () => {
  http.get(__ENV.BASE_URL + '/orders', params);
  http.get(__ENV.AUTH_URL + '/login', params);
};
`;

it.each(['asks', 'load/asks.js'])('%s is sent where the environment of package.json says', async (load) => {
  const [shop, auth] = [await startService(), await startService()];
  const folder = temporaryFolder();
  installPackage(folder);
  for (const name of ['scenarios', 'load']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'scenarios', 'asks.ts'), SCENARIO);
  writeFileSync(path.join(folder, 'load', 'asks.js'), SCRIPT);
  const staging = { baseUrl: shop.url, servers: { auth: auth.url }, envFile: '.env.staging' };
  const own = { environments: { staging, prod: { baseUrl: 'https://shop.example' } } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', 'k6-verdict': own }));
  writeFileSync(path.join(folder, '.env.staging'), 'TOKEN=staging-canary\n');

  const { summary, report, stdout, stderr } = await runScenario(load, {}, ['--environment', 'staging'], folder);
  expect(summary.environment, stderr).toBe('staging');
  expect([...shop.asked]).toEqual(['/orders staging-canary']);
  expect([...auth.asked]).toEqual(['/login staging-canary']);
  expect(report).toMatch(/Environment.*staging/);
  expect(stdout + stderr + report + JSON.stringify(summary)).not.toContain('canary');
});

it.each([
  ['run', 'asks'],
  ['suite', 'nightly'],
  ['ab', '--scenario', 'asks', '--aa', '--vus', '25'],
])('%s says which environment it is that cannot be reached, or that there is none', async (...words) => {
  const args = [...words, '-e', 'TOKEN=anybody'];
  const folder = temporaryFolder();
  installPackage(folder);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'scenarios', 'asks.ts'), SCENARIO);
  const own = {
    environments: { staging: { baseUrl: 'http://127.0.0.1:1', servers: { auth: 'http://127.0.0.1:2' } } },
    suites: { nightly: { testId: 'X', purpose: 'Where?', runs: [{ name: 'asks', plan: 'timed' }] } },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ type: 'module', 'k6-verdict': own }));
  const unreachable = await callTool([...args, '--environment', 'staging'], {}, folder);
  expect(unreachable.stderr).toMatch(/127\.0\.0\.1:1 \(BASE_URL of --environment\) cannot be reached/);
  const beaten = await callTool([...args, '--environment', 'staging'], { BASE_URL: 'http://127.0.0.1:3' }, folder);
  expect(beaten.stderr).toMatch(/BASE_URL: not as environment staging says[\s\S]*127\.0\.0\.1:3 \(BASE_URL\) cannot/);
  const unknown = await callTool([...args, '--environment', 'stagin'], {}, folder);
  expect(unknown.stderr).toMatch(/no such environment[\s\S]*did you mean "staging"/);
  expect([unreachable, beaten, unknown].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
});
