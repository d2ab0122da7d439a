import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from 'k6-verdict';
import { describe, expect, test, vi } from 'vitest';
import { openForTests } from './backend-for-test.ts';
import type { Readiness } from './readiness.ts';
import { startBackend } from './start-backend.ts';
import { TRUTH_PATH, type Truth } from './truth.ts';

const onWindows = process.platform === 'win32';
const starter = fileURLToPath(new URL('./start.mjs', import.meta.url));

async function firstLine(stream: Readable): Promise<string> {
  const endedBefore = once(stream, 'end').then(() => Promise.reject(new Error('It ended and said nothing')));
  const [text] = await Promise.race([once(stream.setEncoding('utf8'), 'data'), endedBefore]);
  return String(text).split('\n', 1)[0] ?? '';
}

async function untilRefused(url: string): Promise<void> {
  await vi.waitFor(() => expect(fetch(url), `${url} still answers`).rejects.toThrow(), {
    timeout: 30_000,
    interval: 20,
  });
}

async function inFlightAt(truthUrl: string): Promise<number> {
  return ((await (await fetch(truthUrl + TRUTH_PATH)).json()) as Truth).totals.inFlight;
}

describe.concurrent('startBackend', () => {
  test('starts a process that answers, and stops it for good', async () => {
    const backend = await startBackend();
    expect(backend.pid).not.toBe(process.pid);
    expect((await fetch(`${backend.url}/api/health`)).status).toBe(200);
    expect((await backend.readTruth()).totals.received).toBe(1);
    await Promise.all([backend.stop(), backend.stop()]);
    await backend.stop();
    await untilRefused(backend.url);
    await expect(backend.readTruth()).rejects.toThrow(`pid ${backend.pid}`);
  });

  test('rejects with what the process said when a flag is wrong', async () => {
    const failure = await startBackend({ args: ['--delay-ms', 'soon'] }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    const { message } = failure as UserError;
    expect(message).toMatch(/exit code 2: The value of --delay-ms is impossible/);
    expect(message).not.toMatch(/\n\s+at /);
  });

  test('rejects when a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const isTaken = new RegExp(`Port ${port} is taken.*EADDRINUSE`, 's');
    try {
      const starting = startBackend({ args: ['--port', String(port)] });
      await expect(starting).rejects.toThrow(new RegExp(`exit code 2: ${isTaken.source}`, 's'));
      await expect(openForTests('--truth-port', String(port))).rejects.toThrow(isTaken);
    } finally {
      other.close();
    }
  });

  test('rejects when there is no such program', async () => {
    await expect(startBackend({ entry: '/nowhere/backend.mjs' })).rejects.toThrow(/did not start.*exit code 1/s);
  });

  test.skipIf(onWindows)("leaves a terminal's Ctrl-C to the parent", async () => {
    const backend = await startBackend();
    try {
      process.kill(backend.pid, 'SIGINT');
      await sleep(100);
      expect((await fetch(`${backend.url}/api/health`)).status).toBe(200);
    } finally {
      await backend.stop();
    }
  });
});

describe.concurrent('the process', () => {
  test('ends when its parent dies', async () => {
    const script = `
      import { startBackend } from ${JSON.stringify(new URL('./start-backend.ts', import.meta.url).href)};
      console.log(JSON.stringify(await startBackend()));`;
    const register = new URL('../cli/register.mjs', import.meta.url).href;
    const parent = spawn(
      process.execPath,
      ['--conditions', 'k6-verdict-source', '--import', register, '--input-type=module', '--eval', script],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const { url, truthUrl, pid } = JSON.parse(await firstLine(parent.stdout)) as Readiness;
      expect((await fetch(`${url}/api/health`)).status).toBe(200);
      parent.kill('SIGKILL');
      await Promise.all([untilRefused(url), untilRefused(truthUrl)]).catch((error: unknown) => {
        process.kill(pid, 'SIGKILL');
        throw error;
      });
    } finally {
      parent.kill('SIGKILL');
    }
  });

  test.skipIf(onWindows)(
    'says in one line of JSON that it is ready, and leaves on SIGTERM with open requests',
    async () => {
      const child = spawn(process.execPath, [starter, '--port', '0', '--hang', 'health'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const { ready, url, truthUrl, pid } = JSON.parse(await firstLine(child.stdout)) as Readiness;
        expect([ready, pid]).toEqual([true, child.pid]);
        expect([url, truthUrl]).toEqual(Array(2).fill(expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/)));
        const hanging = fetch(`${url}/api/health`).catch(() => 'cut');
        await vi.waitFor(async () => expect(await inFlightAt(truthUrl)).toBe(1), { timeout: 30_000, interval: 20 });
        child.kill('SIGTERM');
        expect(await once(child, 'exit')).toEqual([0, null]);
        expect(await hanging).toBe('cut');
      } finally {
        child.kill('SIGKILL');
      }
    },
  );
});
