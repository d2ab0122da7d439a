import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { findK6 } from '../k6-binary/find-k6.ts';
import { installPackage } from '../testing/install-package.ts';
import { callTool, temporaryFolder } from './tool.ts';

/** Part of each secret: as a password, a token, a cookie, an API key, and elsewhere in a row of data. */
const CANARY = 'c4n4ry';

/** Journeys that do everything by which a secret could get out; FAILS says what fails before the load. */
const SCENARIO = `import { defineEndpoint } from 'k6-verdict';
import { defineAuth, defineData, defineLoadTest, environmentVariable, fixedJourneys, journey } from 'k6-verdict/k6';
const at = (id, path, more) => defineEndpoint({ id, path, category: 'Any', ...more });
const login = at('login', '/login', { method: 'POST', server: 'auth' });
const session = at('session', '/session', { method: 'POST' });
const fine = at('fine', '/fine');
const breaks = at('breaks', '/breaks');
const of = at('of', '/breaks/{user}/of/{id}');
const users = defineData('users', { csv: './users.csv', columns: ['username', 'password', 'note'] });
const account = defineAuth({ kind: 'bearer', endpoints: [login], data: users, login: ({ send, row }) => {
  if (__ENV.FAILS === 'in login') throw new Error('no ' + JSON.stringify(row));
  const query = __ENV.FAILS === 'in a refused login' ? { refuse: row.password } : {};
  return { token: send(login, { json: row, query }).json().token };
} });
const cookies = defineAuth({ kind: 'cookies', endpoints: [session], data: users, login: ({ send, row }) => {
  send(session, { form: row });
} });
const key = defineAuth({ kind: 'api-key', header: 'x-api-key', key: environmentVariable('HARMLESS') });
const buy = journey('buy', { endpoints: [fine, breaks, of], auth: account, data: users }, ({ send, row, user }) => {
  send(fine);
  user.memory.token ??= send(fine).header('X-Token');
  send(breaks, { query: { token: user.memory.token, note: row.note } });
  send(of, { path: { user: row.username, id: row.note }, headers: { 'x-note': row.note } });
  throw new Error('bought with ' + user.memory.token + JSON.stringify({ row }));
});
const look = journey('look', { endpoints: [fine], auth: cookies, data: users }, ({ send }) => {
  throw new Error('looked with ' + send(fine).header('Set-Cookie'));
});
const ask = journey('ask', { endpoints: [fine], auth: key }, async ({ send }) => {
  send.orStop(fine);
  throw 'asked with ' + __ENV.HARMLESS;
});
const test = defineLoadTest({
  name: 'secret', testId: 'SECRET', purpose: 'Does anything leak?', journeys: [buy, look, ask],
  setup: async ({ as }) => {
    if (!/login/.test(__ENV.FAILS)) (await as(account))(fine);
    if (__ENV.FAILS === 'in setup') throw new Error('no setup with ' + users.rowForTrial().password);
  },
  budgets: { overall: {}, everyEndpoint: {}, endpoints: { fine: {}, login: {}, session: {}, breaks: {}, of: {} } },
  plans: { timed: Object.fromEntries(['buy', 'look', 'ask'].map((name) =>
    [name, fixedJourneys({ users: 2, journeysPerUser: 2, journey: name })])) },
});
export const { setup, teardown, handleSummary } = test;
export const options = __ENV.FAILS === 'in options' ? { ...test.options, httpDebug: 'full' } : test.options;
export default test.iterate;
`;

function answer({ url = '' }: IncomingMessage, response: ServerResponse): unknown {
  if (url.startsWith('/breaks')) return response.destroy();
  response.setHeader('Set-Cookie', `session=${CANARY}-cookie`);
  response.setHeader('X-Token', `${CANARY}-header`);
  if (url.includes('?refuse=')) response.statusCode = 401;
  return response.end(JSON.stringify({ token: `${CANARY}-token` }));
}

async function startService(): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What was said, kept and told to k6 in one run: texts by where they stood. */
async function everythingOf(fails: string, args: readonly string[] = []): Promise<Map<string, string>> {
  const folder = temporaryFolder();
  installPackage(folder);
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(folder, 'scenarios', 'secret.ts'), SCENARIO);
  const rows = [1, 2, 3, 4, 5, 6].map((i) => `${CANARY}-user-${i},${CANARY}-password-${i},"${CANARY}, ""note"" ${i}"`);
  writeFileSync(path.join(folder, 'scenarios', 'users.csv'), ['username,password,note', ...rows].join('\n'));
  const place = await startService();
  writeFileSync(path.join(folder, '.env'), `HARMLESS=${CANARY}-key\nAUTH_URL=http://me:${CANARY}-url@${place}\n`);
  const told = path.join(folder, 'told.txt');
  const call = ['run', 'secret', '--env-file', '.env', '-e', `FAILS=${fails}`, ...args];
  const environment = { BASE_URL: `http://${place}`, K6_BIN: await noting(folder, told), NO_COLOR: '1' };
  const { exitCode, stdout, stderr } = await callTool(call, environment, folder);
  const said = { exitCode: String(exitCode), stdout, stderr, arguments: readFileSync(told, 'utf8') };
  const results = path.join(folder, 'results');
  const files = filesIn(results).map((file) => [path.basename(file), textOf(file)] as const);
  return new Map([...Object.entries(said), ...files]);
}

/** A k6 that notes what it is told. */
async function noting(folder: string, file: string): Promise<string> {
  const { path: k6 } = await findK6();
  const program = path.join(folder, 'k6.sh');
  writeFileSync(program, `#!/bin/sh\necho "$@" >> '${file}'\nexec '${k6}' "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function textOf(file: string): string {
  const content = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
}

function expectNoCanary(everything: ReadonlyMap<string, string>): void {
  for (const [place, text] of everything) expect(text.includes(CANARY), `${place} holds it:\n${text}`).toBe(false);
}

it('no secret of a user gets out while requests fail and journeys throw', async () => {
  const everything = await everythingOf('nowhere', ['--no-baseline']);
  const log = everything.get('k6.log') ?? '';
  // All of it has happened: what is hidden was there.
  expect(log, everything.get('stderr')).toMatch(/\/breaks\?token=\*\*\*&note=\*\*\*/);
  expect(log).toContain('/breaks/{user}/of/{id}');
  expect(log).toContain('bought with ***');
  expect(log).toContain('asked with ***');
  expect(log).toContain('looked with session=***');
  expect([...everything.keys()]).toEqual(expect.arrayContaining(['record.ndjson.gz', 'report.html', 'summary.json']));
  expect(everything.get('arguments')).toContain('run ');
  expectNoCanary(everything);
});

it.each([
  ['login', /journey "buy" failed.*\n.*no \{"username":"\*\*\*"/],
  ['a refused login', /journey "buy" failed at "login".*\n.*status 401/],
  ['setup', /setup of the test failed.*\n.*no setup with \*\*\*/],
  ['options', /httpDebug, which writes each request with its credentials/],
  ['a request of its trial', /the trial of journey "buy" failed/],
])('nor where the run ends before its load, in %s', async (place, said) => {
  const everything = await everythingOf(`in ${place}`);
  expect(everything.get('exitCode')).toBe('2');
  expect(everything.get('stderr')).toMatch(said);
  expectNoCanary(everything);
});
