import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CountingServer, startCountingServer } from './counting-server.ts';
import { lineage, type Started, start, TOOL, until } from './started.ts';

const LOAD = { VUS: '5', DURATION: '60s', THINK_TIME: '50ms' };

/** What ends what hangs. The promise is 2 s; how long it took is printed, since a busy machine takes longer. */
const HANG_MS = 15_000;

/** Nothing is left, and nothing was sent for longer than a busy machine may need. */
async function expectEnd(started: Started, server: CountingServer | undefined, killedAtMs: number): Promise<void> {
  await until('no k6 is left', () => started.k6().length + started.k6('inspect').length === 0);
  const goneMs = Date.now() - killedAtMs;
  const count = server?.count();
  await until('no process is left', () => started.processes().length === 0);
  expect(server?.count()).toBe(count);
  const lastMs = server === undefined ? 0 : server.lastAtMs() - killedAtMs;
  console.log(`${expect.getState().currentTestName}: k6 gone after ${goneMs} ms, last request after ${lastMs} ms`);
  expect(lastMs).toBeLessThan(HANG_MS);
  expect(readdirSync(started.temporary).filter((name) => name.startsWith('k6-verdict-'))).toEqual([]);
}

const sends = (server: CountingServer) => until('load is sent', () => server.count() > 20);

const throughNpm = (server: CountingServer, script = 'k6:sustained', ...more: string[]) =>
  start((results) => ({
    program: 'npm',
    args: ['run', '-s', script, '--', '--results', results, ...more],
    environment: { ...LOAD, BASE_URL: server.url },
  }));

const direct = (server: CountingServer, ...args: string[]) =>
  start((results) => ({
    program: TOOL[0],
    args: [...TOOL.slice(1), ...args, '--results', results],
    environment: { ...LOAD, BASE_URL: server.url },
  }));

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
});
