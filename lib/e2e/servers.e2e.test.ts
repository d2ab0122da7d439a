import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeProject, OWN_SCENARIO } from './own-project.ts';
import { callTool, runScenario } from './tool.ts';

/** A service that counts what it is asked, by path and the credentials that came along. */
async function startCounting() {
  const asked: Record<string, number> = {};
  const server = createServer(({ url, headers }, response) => {
    const [, encoded = ''] = headers.authorization?.split(' ') ?? [];
    const key = [url, Buffer.from(encoded, 'base64').toString()].filter(Boolean).join(' as ');
    asked[key] = (asked[key] ?? 0) + 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { asked, place: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A project that asks at both, gone after the test. */
function project(): string {
  const folder = makeProject({
    declarations: `
const login = defineEndpoint({ id: 'login', path: '/login', category: 'Auth', server: 'auth' });
const orders = defineEndpoint({ id: 'orders', path: '/orders', category: 'Orders' });
`,
    endpoints: '[login, orders]',
    budgets: '{ overall: {}, everyEndpoint: { okReplies: 1 }, endpoints: {} }',
    plan: '{ users: k6.fixedWork({ users: 2, requestsPerEndpoint: 5 }) }',
  });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('each endpoint is asked at its own server with the credentials of that, as often as the summary says', async () => {
  const [target, auth] = [await startCounting(), await startCounting()];
  const folder = project();
  writeFileSync(path.join(folder, '.env'), `AUTH_URL=http://me:auth-canary@${auth.place}/v1\n`);
  const { exitCode, stdout, stderr, summary, report } = await runScenario(
    OWN_SCENARIO,
    { BASE_URL: `http://tester:base-canary@${target.place}` },
    ['--env-file', path.join(folder, '.env')],
    folder,
  );
  expect(exitCode, stdout + stderr).toBe(0);
  const rested = summary.atRest.map(({ sent }) => sent);
  expect(rested).toEqual([4, 4]);
  expect(summary.endpoints).toMatchObject([
    { id: 'login', server: 'auth', requests: 10 },
    { id: 'orders', requests: 10 },
  ]);
  expect(auth.asked).toEqual({ '/v1/login as me:auth-canary': 14 });
  expect(target.asked).toEqual({ '/orders as tester:base-canary': 14 });
  expect(summary.servers).toEqual({ auth: `http://${auth.place}/v1` });
  expect(report).toContain(`http://${auth.place}/v1`);
  expect(stdout + stderr + report + JSON.stringify(summary)).not.toContain('canary');
});

it.each([
  ['nothing names', {}, /Endpoint "login" is asked at the server "auth"[\s\S]*no AUTH_URL/],
  ['nobody allowed', { AUTH_URL: 'http://auth.example' }, /Load on auth\.example has not been allowed/],
  ['is not there', { AUTH_URL: 'http://127.0.0.1:1' }, /127\.0\.0\.1:1 \(AUTH_URL\) cannot be reached/],
])('where a server is one that %s, nothing is sent', async (_, variables, message) => {
  const target = await startCounting();
  const { exitCode, stderr } = await callTool(
    ['run', OWN_SCENARIO],
    { BASE_URL: `http://${target.place}`, ...variables },
    project(),
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(message);
  expect(target.asked).toEqual({});
});
