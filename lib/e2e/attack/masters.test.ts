import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { OWN_SCENARIO } from '../own-project.ts';
import type { Environment } from '../tool.ts';
import { type CountingServer, startCountingServer } from './counting-server.ts';
import { lineage, neverLoads, type Started, start, TOOL, until } from './started.ts';

const LOAD = { VUS: '5', DURATION: '60s', THINK_TIME: '50ms' };

/** What ends what hangs. The promise is 2 s; how long it took is printed, since a busy machine takes longer. */
const HANG_MS = 15_000;

/** Nothing is left, and nothing was sent for longer than a busy machine may need. */
async function expectEnd(started: Started, server: CountingServer | undefined, killedAtMs: number): Promise<void> {
  await until('no k6 is left', () => started.k6().length + started.k6('inspect').length === 0);
  const goneMs = Date.now() - killedAtMs;
  await until('no process is left', () => started.processes().length === 0);
  // What k6 had sent before it ended may still wait for our server to look at it.
  await sleep(500);
  const count = server?.count();
  await sleep(1000);
  expect(server?.count()).toBe(count);
  const lastMs = Math.max(0, (server?.lastAtMs() ?? 0) - killedAtMs);
  console.log(`${expect.getState().currentTestName}: k6 gone after ${goneMs} ms, last request after ${lastMs} ms`);
  expect(lastMs).toBeLessThan(HANG_MS);
  expect(readdirSync(started.temporary).filter((name) => name.startsWith('k6-verdict-'))).toEqual([]);
}

const sends = (server: CountingServer) => until('load is sent', () => server.count() > 20);

const throughNpm = (server: CountingServer, script = 'k6:sustained', load: Environment = LOAD) =>
  start((results) => ({
    program: 'npm',
    args: ['run', '-s', script, '--', '--results', results],
    environment: { ...load, BASE_URL: server.url },
  }));

const direct = (server: CountingServer, ...args: string[]) =>
  start((results) => ({
    program: TOOL[0],
    args: [...TOOL.slice(1), ...args, '--results', results],
    environment: { ...LOAD, BASE_URL: server.url },
  }));

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

describe('no load outlives its master', () => {
  it('the tool, killed in the middle of a run', async () => {
    const server = await startCountingServer();
    const started = direct(server, 'run', 'sustained');
    await sends(server);
    const killedAt = Date.now();
    started.child.kill('SIGKILL');
    await expectEnd(started, server, killedAt);
  });

  it.each<['npm' | 'sh', NodeJS.Signals]>([
    ['npm', 'SIGKILL'],
    ['sh', 'SIGKILL'],
    ['npm', 'SIGHUP'],
    ['npm', 'SIGINT'],
    ['npm', 'SIGTERM'],
  ])('%s, by %s alone', async (who, signal) => {
    const server = await startCountingServer();
    const started = throughNpm(server);
    await sends(server);
    const pids = lineage(started);
    const killedAt = Date.now();
    process.kill(pids[who], signal);
    await expectEnd(started, server, killedAt);
    const [runId = ''] = readdirSync(started.results).filter((name) => name !== 'latest');
    expect(readdirSync(path.join(started.results, runId))).toContain('report.html');
  });

  it('the tool, killed while the next part of a load waits for its turn', async () => {
    const server = await startCountingServer();
    const started = start((results) => ({
      program: TOOL[0],
      args: [...TOOL.slice(1), 'run', 'soak', '--segment', '10s', '--results', results],
      environment: { DURATION: '30s', BASE_URL: server.url },
    }));
    await until('two k6 are there', () => started.k6().length === 2);
    const killedAt = Date.now();
    started.child.kill('SIGKILL');
    await expectEnd(started, server, killedAt);
  });

  it('npm, killed in a suite, which sends no further plan', async () => {
    const server = await startCountingServer();
    const started = throughNpm(server, 'k6:load-concurrent', {});
    await sends(server);
    const killedAt = Date.now();
    process.kill(lineage(started).npm, 'SIGKILL');
    await expectEnd(started, server, killedAt);
    expect(readdirSync(started.results).filter((name) => name !== 'latest')).toHaveLength(2);
  });

  it('the tool, killed in a comparison, with the service that it started', async () => {
    const [base, head] = [await freePort(), await freePort()];
    const serve = (port: number) =>
      `${process.execPath} -e "require('http').createServer((q, r) => r.end('{}')).listen(${port}, '127.0.0.1')"`;
    const started = start((results) => ({
      program: TOOL[0],
      args: [
        ...[...TOOL.slice(1), 'ab', '--scenario', 'sustained', '--duration', '30s', '--pairs', '2'],
        ...['--base-start', serve(base), '--base-url', `http://127.0.0.1:${base}`],
        ...['--head-start', serve(head), '--head-url', `http://127.0.0.1:${head}`, '--results', results],
      ],
    }));
    await until('k6 runs', () => started.k6().length === 1, started);
    expect(started.processes().filter(({ args }) => args.includes('createServer')).length).toBeGreaterThan(0);
    const killedAt = Date.now();
    started.child.kill('SIGKILL');
    await expectEnd(started, undefined, killedAt);
  });

  it.each(['tool', 'npm'] as const)('the %s, killed while k6 loads a scenario that never ends loading', async (who) => {
    const folder = neverLoads();
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: 'asks', type: 'module', scripts: { load: TOOL.join(' ') } }),
    );
    const started = start((results) => ({
      program: 'npm',
      args: ['run', '-s', 'load', '--', 'run', OWN_SCENARIO, '--results', results],
      folder,
    }));
    await until('k6 loads the scenario', () => started.k6('inspect').length > 0);
    const killedAt = Date.now();
    process.kill(lineage(started)[who], 'SIGKILL');
    await expectEnd(started, undefined, killedAt);
  });

  it.each([100, 300, 600, 900])('npm, killed %i ms after it was called', async (ms) => {
    const server = await startCountingServer();
    const started = throughNpm(server);
    await new Promise((resolve) => setTimeout(resolve, ms));
    const killedAt = Date.now();
    started.child.kill('SIGKILL');
    await expectEnd(started, server, killedAt);
  });
});

it('a run under nohup goes on when its terminal ends', async () => {
  const server = await startCountingServer();
  const started = start((results) => ({
    program: 'bash',
    args: ['-c', `nohup ${TOOL.join(' ')} run sustained --results '${results}' & wait $!`],
    environment: { ...LOAD, DURATION: '4s', BASE_URL: server.url },
  }));
  await sends(server);
  const tool = started.processes().find(({ args }) => args.startsWith(TOOL.join(' ')))?.pid ?? 0;
  process.kill(tool, 'SIGHUP');
  const { exitCode } = await started.ended;
  expect([0, 99]).toContain(exitCode);
  const [runId = ''] = readdirSync(started.results).filter((name) => name !== 'latest');
  const summary = JSON.parse(readFileSync(path.join(started.results, runId, 'summary.json'), 'utf8')) as RunSummary;
  expect(summary.verdict).not.toBe('incomplete');
});

it('a run in the background goes on when the shell that started it has ended', async () => {
  const server = await startCountingServer();
  const started = start((results) => ({
    program: 'bash',
    args: ['-c', `npm run -s k6:sustained -- --results '${results}' & sleep 1`],
    environment: { ...LOAD, DURATION: '4s', BASE_URL: server.url },
  }));
  await sends(server);
  await until('the shell has ended', () => !started.processes().some(({ args }) => args.startsWith('bash -c npm')));
  await until('the run has ended', () => started.processes().length === 0);
  const [runId = ''] = readdirSync(started.results).filter((name) => name !== 'latest');
  const summary = JSON.parse(readFileSync(path.join(started.results, runId, 'summary.json'), 'utf8')) as RunSummary;
  expect(summary.verdict).not.toBe('incomplete');
});
