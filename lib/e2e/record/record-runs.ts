import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { installPackage } from '../../testing/install-package.ts';
import { startBackend } from '../../testing/start-backend.ts';

// Records the real runs that the golden reports are made of: `npm run record` (or `npm run record -- healthy joint`).
// About two minutes of small loads on this machine. Golden files are to be made anew afterwards
// (`npx vitest run --config lib/vitest.config.ts --project unit -u lib/report/golden.test.ts`).

const root = fileURLToPath(new URL('../../..', import.meta.url));
const recorded = path.join(root, 'lib', 'report', 'recorded');
const starter = path.join(root, 'lib', 'cli', 'start.mjs');
const work = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-record-'));

interface Call {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Sends Ctrl-C once the output matches, ... */
  readonly interruptAt?: RegExp;
  /** ... or when this has come. */
  readonly interruptAfter?: Promise<unknown>;
}

/** Runs the tool and returns the results folder. */
function call({ args, env = {}, cwd = root, interruptAt, interruptAfter }: Call): Promise<string> {
  const results = mkdtempSync(path.join(work, 'results-'));
  const child = spawn(process.execPath, ['--', starter, ...args, '--results', results], {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (interruptAt?.test(output) && !child.killed) child.kill('SIGINT');
  });
  void interruptAfter?.then(() => child.kill('SIGINT'));
  return new Promise((resolve) => child.on('close', () => resolve(results)));
}

/** Keeps one run under a name. */
function keep(name: string, results: string, runId: string): void {
  const folder = path.join(results, runId);
  mkdirSync(path.join(recorded, name), { recursive: true });
  const summary = JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8'));
  writeFileSync(path.join(recorded, name, 'summary.json.gz'), gzipSync(JSON.stringify(summary), { level: 9 }));
  const record = path.join(folder, 'record.ndjson.gz');
  rmSync(path.join(recorded, name, 'record.ndjson.gz'), { force: true });
  if (existsSync(record)) copyFileSync(record, path.join(recorded, name, 'record.ndjson.gz'));
  console.log(`${name}: ${summary.totals.requests} requests, ${summary.verdict}`);
}

const latestOf = (results: string) => readFileSync(path.join(results, 'latest'), 'utf8').trim();

/** Names on the command line record only these. */
const isWanted = (name: string) => process.argv.length === 2 || process.argv.includes(name);

async function record(name: string, order: Call): Promise<void> {
  if (!isWanted(name)) return;
  const results = await call(order);
  keep(name, results, latestOf(results));
}

/** A project of its own, with as many endpoints as wanted. */
function projectWith(endpoints: number): string {
  const folder = mkdtempSync(path.join(work, 'project-'));
  mkdirSync(path.join(folder, 'scenarios'));
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "recorded", "type": "module" }');
  installPackage(folder);
  writeFileSync(
    path.join(folder, 'scenarios', 'wide.ts'),
    `import { defineEndpoint } from 'k6-verdict';
import { constantUsers, defineLoadTest } from 'k6-verdict/k6';
const endpoints = Array.from({ length: ${endpoints} }, (_, i) =>
  defineEndpoint({ id: 'item-' + i, path: '/items/' + i, category: 'Items ' + (i % 8) }));
const test = defineLoadTest({
  name: 'wide', testId: 'LOAD-WIDE', purpose: 'Does every item answer?', endpoints,
  budgets: { overall: { okP95Ms: 500, timeoutRate: 0.01, serverErrors: 0, refusedOrReset: 0, successShare: 0.99 },
    everyEndpoint: { okP95Ms: 500, successShare: 0.99, okReplies: 1 }, endpoints: {} },
  plans: { timed: { users: constantUsers({ users: 10, durationSeconds: 8, thinkTimeSeconds: 0.02 }) } },
});
export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
`,
  );
  return folder;
}

/** Scenarios with settings, and what the backend does wrong. */
const BAD_ANSWERS: readonly (readonly [string, Readonly<Record<string, string>>, ...string[]])[] = [
  ['breakpoint', { PLAN: 'short' }, '--pool-size', '9', '--pool-hold-ms', '100', '--pool-when-full', 'fail'],
  ['pool', { PLAN: 'short', REQUEST_TIMEOUT: '1s' }, '--pool-size', '4', '--pool-hold-ms', '200'],
  ['recovery', { PLAN: 'short' }, '--close-after', '500'],
  ['soak', { PLAN: 'short' }],
  ['websocket', { PLAN: 'short' }, '--socket-cap', '150', '--sockets-when-full', 'close'],
  [
    'rate-limit',
    {},
    '--limit-algorithm',
    'fixed-window',
    '--limit-bypass',
    'x-forwarded-for',
    '--limit-bypass',
    'head',
  ],
];

/** Answers everything, some of it slowly, some with an error. */
function startTarget(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const item = Number(/\d+$/.exec(request.url ?? '')?.[0] ?? 0);
    const status = item % 50 === 49 ? 503 : 200;
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end('{}'), item % 20);
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      }),
    ),
  );
}

try {
  await record('healthy', { args: ['run', 'sustained'], env: { DURATION: '15s', VUS: '40' } });
  await record('aborted', {
    args: ['run', 'sustained', '--k6-output'],
    env: { DURATION: '60s', VUS: '20' },
    interruptAt: /running \(.*\), 20\/20 VUs, [1-9]/,
  });

  const hanging = createServer(() => {});
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
  await record('nothing-measured', {
    args: ['run', 'sustained'],
    env: { BASE_URL: `http://127.0.0.1:${(hanging.address() as AddressInfo).port}` },
    interruptAfter: once(hanging, 'request'),
  });
  hanging.close();
  hanging.closeAllConnections();

  const target = await startTarget();
  await record('one-endpoint', { args: ['run', 'wide'], env: { BASE_URL: target.url }, cwd: projectWith(1) });
  await record('200-endpoints', { args: ['run', 'wide'], env: { BASE_URL: target.url }, cwd: projectWith(200) });
  target.close();

  if (isWanted('joint')) {
    const backend = await startBackend({
      profile: 'report',
      args: ['--time-scale', '0.02', '--rate-limit-window-seconds', '4'],
    });
    const results = await call({
      args: ['suite', 'load-concurrent', '--pause', '4s'],
      env: { BASE_URL: backend.url, REQUEST_TIMEOUT: '600ms' },
    });
    await backend.stop();
    const joint = readFileSync(path.join(results, latestOf(results), 'joint.json'), 'utf8');
    const names = ['report-profile-burst', 'report-profile', 'everything-refused'];
    (JSON.parse(joint).runIds as string[]).forEach((runId, i) => {
      keep(names[i] ?? runId, results, runId);
    });
    writeFileSync(path.join(recorded, 'joint.json'), joint);
    console.log('joint.json: npm run format puts it into the form that the linter wants');
  }
  if (isWanted('answers')) {
    const results = await call({ args: ['suite', 'all'] });
    const { runIds } = JSON.parse(readFileSync(path.join(results, latestOf(results), 'joint.json'), 'utf8')) as {
      readonly runIds: readonly string[];
    };
    const wanted = ['sequential', 'breakpoint', 'pool', 'recovery', 'websocket', 'rate-limit'];
    for (const scenario of wanted) {
      const runId = runIds.find((id) => id.includes(`-${scenario}-`));
      if (runId !== undefined) keep(`answers/${scenario}`, results, runId);
    }
  }
  await record('answers/soak', { args: ['run', 'soak'], env: { PLAN: 'short' } });
  for (const [scenario, env, ...args] of BAD_ANSWERS) {
    if (!isWanted('bad-answers') && !isWanted(`bad-answers/${scenario}`)) continue;
    const backend = await startBackend({ ...(scenario === 'soak' ? { profile: 'leaking' } : {}), args });
    const urls = { BASE_URL: backend.url, METRICS_URL: `${backend.url}/metrics` };
    const results = await call({ args: ['run', scenario], env: { ...urls, ...env } });
    await backend.stop();
    keep(`bad-answers/${scenario}`, results, latestOf(results));
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
