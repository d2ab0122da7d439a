import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RunSummary } from '../../core/judge/run-summary.ts';
import { makeProject, OWN_SCENARIO } from '../own-project.ts';
import { type Environment, temporaryFolder } from '../tool.ts';
import { start, TOOL } from './started.ts';

/** What goes wrong on the machine that makes the load, or on the way to the service, is no fault of the service. */

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly summary: () => RunSummary;
}

/** Runs a test of one endpoint, `/ok`. @param within what the tool is started by */
async function run(plan: string, environment: Environment, within: readonly string[] = []): Promise<Ended> {
  const folder = makeProject({
    plan,
    endpoints: '[one]',
    declarations: "const one = defineEndpoint({ id: 'one', path: '/ok', category: 'One' });",
    budgets:
      '{ overall: { successShare: 0.99, refusedOrReset: 0 }, everyEndpoint: { okReplies: 1 }, endpoints: { one: {} } }',
  });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const started = start((results) => {
    const [program = '', ...args] = [...within, ...TOOL, 'run', OWN_SCENARIO, '--results', results];
    return { program, args, folder, environment };
  });
  const { exitCode } = await started.ended;
  const summary = (): RunSummary => {
    const latest = readFileSync(path.join(started.results, 'latest'), 'utf8').trim();
    return JSON.parse(readFileSync(path.join(started.results, latest, 'summary.json'), 'utf8'));
  };
  return { exitCode, output: started.output(), summary };
}

async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<{ port: number; count: () => number }> {
  let count = 0;
  const server = createServer((request, reply) => {
    count += 1;
    listener(request, reply);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { port: (server.address() as AddressInfo).port, count: () => count };
}

const USERS = (users: number) =>
  `{ user: k6.constantUsers({ users: ${users}, durationSeconds: 3, thinkTimeSeconds: 1 }) }`;

it('too many open files are a limit of the generator, and what the service answered is counted as it did', async () => {
  const { port, count } = await serve((_, reply) => reply.end('ok'));
  const { exitCode, output, summary } = await run(USERS(150), { BASE_URL: `http://127.0.0.1:${port}` }, [
    ...['sh', '-c', 'ulimit -n 100 && exec "$@"', 'sh'],
  ]);
  const { verdict, totals, atRest } = summary();
  expect(verdict, output).toBe('invalid_load');
  expect(exitCode).toBe(99);
  expect(totals.outcomes.not_sent).toBeGreaterThan(0);
  expect(Object.keys(totals.outcomes).sort()).toEqual(['not_sent', 'ok']);
  expect((totals.outcomes.ok ?? 0) + (atRest[0]?.sent ?? 0)).toBe(count());
  expect(output).toMatch(/never left this machine/);
});

it('a user keeps the session that the service gave it', async () => {
  const { port, count } = await serve((request, reply) => {
    const isKnown = /session=1/.test(request.headers.cookie ?? '');
    reply.writeHead(isKnown ? 200 : 401, { 'set-cookie': 'session=1' }).end('ok');
  });
  const { summary } = await run(USERS(2), { BASE_URL: `http://127.0.0.1:${port}`, THINK_TIME: '100ms' });
  const { totals, atRest } = summary();
  expect(atRest[0]?.outcomes).toEqual({ ok: 3 });
  expect(totals.outcomes.client_error).toBe(2);
  expect(totals.requests + (atRest[0]?.sent ?? 0)).toBe(count());
});

it('a service behind a proxy is reached as k6 reaches it, and the proxy is named', async () => {
  const { port } = await serve((request, reply) => {
    reply.writeHead(request.url?.startsWith('http://service.internal.test/ok') ? 200 : 502).end('ok');
  });
  const { exitCode, output, summary } = await run(USERS(2), {
    HTTP_PROXY: `http://user:secret@127.0.0.1:${port}`,
    BASE_URL: 'http://service.internal.test',
    LOAD_ALLOW_HOSTS: 'service.internal.test',
  });
  expect(exitCode, output).toBe(0);
  expect(summary().host.proxy).toBe(`127.0.0.1:${port}`);
  expect(output).not.toContain('secret');
});

it('a service that listens where k6 does not look is told by the address that works, and gets nothing', async () => {
  const { port, count } = await serve((_, reply) => reply.end('ok'), '::1');
  const hosts = path.join(temporaryFolder(), 'hosts');
  writeFileSync(hosts, '127.0.0.1 localhost\n::1 localhost\n');
  const { exitCode, output } = await run(USERS(2), { BASE_URL: `http://localhost:${port}` }, [
    ...['unshare', '-m', 'sh', '-c', `mount --bind ${hosts} /etc/hosts && exec "$@"`, 'sh'],
  ]);
  expect(output).toContain(`name it as http://[::1]:${port}`);
  expect(exitCode).toBe(2);
  expect(count()).toBe(0);
});
