import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { installPackage } from '../testing/install-package.ts';
import { callTool, FILES_OF_RUN, temporaryFolder } from './tool.ts';

const CANARY = 'c4n4ry-5ecret';

/** A project whose endpoint sends the canary in its header and its body, and whose set-up data holds it. */
function projectWithSecrets(): string {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "secrets", "type": "module" }');
  installPackage(folder);
  writeFileSync(
    path.join(folder, 'scenarios', 'secret.ts'),
    `import { defineEndpoint } from 'k6-verdict';
import { defineLoadTest, fixedWork } from 'k6-verdict/k6';
const token = __ENV.TOKEN;
const plain = defineEndpoint({ id: 'plain', path: '/plain', category: 'Any' });
const endpoints = [plain, ...['answers', 'fails', 'breaks', 'redirects'].map((id) => defineEndpoint({
  id, path: '/' + id, method: id === 'answers' ? 'POST' : 'GET', category: 'Any',
  headers: { authorization: 'Bearer ' + token, cookie: 'session=' + token },
  ...(id === 'answers' ? { body: JSON.stringify({ token }) } : {}),
}))];
const test = defineLoadTest({
  name: 'secret', testId: 'SECRET', purpose: 'Does anything leak?', endpoints,
  budgets: { overall: { successShare: 0.5 }, everyEndpoint: {}, endpoints: {} },
  plans: { timed: { users: fixedWork({ users: 2, requestsPerEndpoint: 4 }) } },
});
export const { options, teardown, handleSummary } = test;
export function setup() { return { ...test.setup(), token }; }
export default test.iterate;
`,
  );
  return folder;
}

it('no file of a run, and nothing it prints, holds a secret of the test or of its URL', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/breaks') return request.socket.destroy();
    const basic = `Basic ${Buffer.from(`tester:${CANARY}`).toString('base64')}`;
    if (request.url === '/plain') return response.writeHead(request.headers.authorization === basic ? 200 : 401).end();
    const status = request.url === '/fails' ? 500 : request.url === '/redirects' ? 302 : 200;
    response.writeHead(status, { location: `/login?token=${CANARY}`, 'set-cookie': `session=${CANARY}` });
    return response.end(CANARY);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const results = temporaryFolder();
  const { port } = server.address() as AddressInfo;
  const { exitCode, stdout, stderr } = await callTool(
    ['run', 'secret', '--results', results, '-e', `TOKEN=${CANARY}`],
    { BASE_URL: `http://tester:${CANARY}@127.0.0.1:${port}` },
    projectWithSecrets(),
  );
  expect(exitCode).toBe(99);
  const folder = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const files = readdirSync(folder).sort();
  expect(files).toEqual(FILES_OF_RUN);
  for (const file of files) {
    const content = readFileSync(path.join(folder, file));
    const text = (file.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
    expect(text.length, file).toBeGreaterThan(0);
    expect(text.includes(CANARY), `${file} holds the canary`).toBe(false);
    expect(text.includes('tester'), `${file} holds the user of the URL`).toBe(false);
  }
  expect(stdout + stderr).not.toContain(CANARY);
  const { endpoints } = JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8')) as RunSummary;
  const plain = endpoints.find(({ id }) => id === 'plain');
  expect(plain?.outcomes, 'the credentials of the URL reach the server').toEqual({ ok: plain?.requests });
});

it('a base URL that is refused is not repeated with what may be secret in it', async () => {
  const { exitCode, stderr } = await callTool(['run', 'smoke'], {
    BASE_URL: `http://tester:${CANARY}@127.0.0.1:9/api?token=${CANARY}#${CANARY}`,
  });
  expect(exitCode).toBe(2);
  expect(stderr).not.toContain(CANARY);
});

it('what a scenario throws drives neither the terminal nor the runner of a workflow, and repeats no known secret', async () => {
  const folder = projectWithSecrets();
  const thrown = String.raw`'a\n::error::pwned ##[error]x \u001b[31m\u202e http://u:' + __ENV.API_TOKEN + '@h ' + __ENV.API_TOKEN`;
  writeFileSync(path.join(folder, 'scenarios', 'secret.ts'), `export default () => {};\nthrow new Error(${thrown});\n`);
  const { exitCode, stdout, stderr } = await callTool(['run', 'secret'], { API_TOKEN: CANARY }, folder);
  expect(exitCode).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain('pwned');
  expect(stderr).not.toMatch(/^\s*::|##\[|(?!\n)\p{Cc}(?<!\t)|\u202e/mu);
  expect(stderr).not.toContain(CANARY);
});

it('orders of the tool that come from outside are not taken', async () => {
  const results = temporaryFolder();
  const { stderr } = await callTool(
    ['run', 'smoke', '--duration', '1s', '--no-baseline', '--results', results, '-e', 'VERDICT_DEFAULT_WARM_UP=2'],
    { VERDICT_TEST_ID: 'HACK', VERDICT_ABORT_AFTER: '0' },
  );
  expect(stderr).toContain('VERDICT_ABORT_AFTER, VERDICT_DEFAULT_WARM_UP, VERDICT_TEST_ID');
  const run = readFileSync(path.join(results, 'latest'), 'utf8').trim();
  const summary = JSON.parse(readFileSync(path.join(results, run, 'summary.json'), 'utf8')) as RunSummary;
  expect(summary.testId).not.toBe('HACK');
  expect(JSON.stringify(summary.load)).not.toContain('warmUp');
});

it('a script of somebody that logs and throws what it was told leaves none of it behind', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(
    path.join(folder, 'leak.js'),
    `import exec from 'k6/execution';
export const options = { vus: 1, iterations: 2, thresholds: { iterations: ['count==2'] } };
const told = [__ENV.SHOP_TOKEN, __ENV.K6_CLOUD_TOKEN, __ENV.DB_PASSWORD].join(' ');
console.log('before ' + told);
export function setup() { console.warn('setup ' + told); return told; }
export default (data) => {
  exec.vu.metrics.tags.told = told;
  console.error(JSON.stringify({ data }));
  if (exec.scenario.iterationInTest === 0) throw new Error('no ' + told);
};
export function handleSummary(data) { return { stdout: 'summary ' + told + JSON.stringify(data.setup_data) }; }
`,
  );
  const secrets = { SHOP_TOKEN: `${CANARY}-1`, K6_CLOUD_TOKEN: `${CANARY}-2`, DB_PASSWORD: `${CANARY}"3` };
  const { exitCode, stdout, stderr } = await callTool(
    ['run', 'leak.js', '-e', `DB_PASSWORD=${secrets.DB_PASSWORD}`, '--', '-e', `SHOP_TOKEN=${secrets.SHOP_TOKEN}`],
    { K6_CLOUD_TOKEN: secrets.K6_CLOUD_TOKEN },
    folder,
  );
  expect(exitCode, stdout + stderr).toBe(0);
  expect(stdout + stderr).not.toContain(CANARY);
  const results = path.join(folder, 'results');
  const run = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  expect(readdirSync(run)).toEqual(expect.arrayContaining(['k6.log', 'k6-output.txt', 'record.ndjson.gz']));
  for (const file of readdirSync(run)) {
    const content = readFileSync(path.join(run, file));
    const text = (file.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
    expect(text.includes(CANARY), `${file} holds the canary`).toBe(false);
  }
  expect(readFileSync(path.join(run, 'k6.log'), 'utf8')).toContain('before *** *** ***');
  expect(readFileSync(path.join(run, 'k6-output.txt'), 'utf8')).toContain('summary *** *** ***');
});
