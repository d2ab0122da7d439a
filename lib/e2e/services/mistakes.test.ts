import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool, temporaryFolder } from '../tool.ts';
import { ordersApi, ordersProject } from './orders-project.ts';

const CANARY = 'canary-of-a-password';

/** Changes a file of the scenarios. */
function change(project: string, file: string, from: RegExp, to: string): void {
  const where = path.join(project, 'scenarios', file);
  const text = readFileSync(where, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(where, text.replace(from, to));
}

function run(project: string, plan: string, url: string, args: readonly string[] = []) {
  const own = ['run', 'credentials', '--plan', plan, '--results', temporaryFolder(), ...args];
  return callTool(own, { BASE_URL: url }, project);
}

describe('before anything is sent, a scenario is refused', () => {
  it.each<[string, string, (project: string) => void, RegExp]>([
    [
      'with 3 rows for 20 users',
      'tokens',
      (project) => writeFileSync(path.join(project, 'scenarios', 'users.csv'), 'username,password\na,b\nc,d\ne,f\n'),
      /The data "users" has fewer rows than there are users.*\n {2}received: 3 rows for 20 users\n[\s\S]*\n {2}in: {7}\S*credentials\.ts/,
    ],
    [
      'without a column',
      'tokens',
      (project) => change(project, 'users.csv', /username,password/, 'username,passwort'),
      /users\.csv of the data "users" has no column "password"[\s\S]*did you mean "passwort"/,
    ],
    [
      'without a file',
      'tokens',
      (project) => change(project, 'accounts.ts', /\.\/users\.csv/, './people.csv'),
      /\.\/people\.csv of the data "users" cannot be read\.\n {2}received: no such file/,
    ],
    [
      'without a variable',
      'variable',
      () => {},
      /The environment variable SHOP_ACCESS is not set.*\n {2}received: nothing/,
    ],
    [
      'without a source of secrets',
      'secret',
      () => {},
      /credentials reads secrets of k6 \(search-key\), and k6 has no/,
    ],
    [
      'with an unknown journey in its mix',
      'tokens',
      (project) => change(project, 'credentials.ts', /budgets: \{/, 'mix: { ordr: 1 }, budgets: {'),
      /mix names a journey that the load test does not have\.\n {2}received: "ordr"[\s\S]*did you mean "order"/,
    ],
    [
      'with weights of 0',
      'tokens',
      (project) => change(project, 'credentials.ts', /budgets: \{/, 'mix: { order: 0 }, budgets: {'),
      /mix picks no journey/,
    ],
  ])('%s', async (_, plan, spoil, message) => {
    const project = ordersProject();
    spoil(project);
    const { exitCode, stdout, stderr } = await run(project, plan, 'http://127.0.0.1:9');
    expect(stdout + stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

describe('one user shows before the load', () => {
  it('that a login is refused', async () => {
    const service = await ordersApi();
    const project = ordersProject();
    change(project, 'users.csv', /pw1$/m, CANARY);
    const { exitCode, stdout, stderr } = await run(project, 'tokens', service.url);
    expect(stdout + stderr).toMatch(/journey "order"[\s\S]*login[\s\S]*status 401/);
    expect(stdout + stderr).not.toContain(CANARY);
    expect(exitCode).toBe(2);
    expect((await service.readTruth()).routes).toEqual({ 'POST /auth/login 401': 1 });
  });

  it('that a login returns no token', async () => {
    const service = await ordersApi();
    const project = ordersProject();
    change(project, 'accounts.ts', /token: access_token/, 'token: undefined as unknown as string, access_token');
    const { exitCode, stdout, stderr } = await run(project, 'tokens', service.url);
    expect(stdout + stderr).toMatch(/journey "order"[\s\S]*the login by "login" returned no token/);
    expect(exitCode).toBe(2);
  });

  it('that a request lacks a value for its path', async () => {
    const service = await ordersApi();
    const project = ordersProject();
    change(project, 'endpoints.ts', /path: '\/orders', query/, "path: '/orders/{page}', query");
    const { exitCode, stdout, stderr } = await run(project, 'tokens', service.url);
    expect(stdout + stderr).toMatch(/journey "order"[\s\S]*"list-orders"[\s\S]*lacks a value for \{page\}/);
    expect(exitCode).toBe(2);
  });
});
