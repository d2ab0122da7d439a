import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { freeAddress } from '../k6/k6-api.ts';
import type { CommandTarget } from './command-target.ts';
import { OpenTargets } from './open-targets.ts';

/** A program that serves at an address, and answers with its process id. */
function service(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'service.mjs');
  writeFileSync(
    file,
    `import { createServer } from 'node:http';
     console.log('listening soon');
     createServer((_, response) => response.end(JSON.stringify({ pid: process.pid }))).listen(Number(process.argv[2]), '127.0.0.1');`,
  );
  return file;
}

async function commandTarget(changes: Partial<CommandTarget> = {}): Promise<CommandTarget> {
  const address = parseBaseUrl(`http://${await freeAddress()}`);
  return {
    kind: 'command',
    url: address.href,
    address,
    named: '--base-url',
    command: `"${process.execPath}" "${service()}" ${address.port} & wait`,
    commandNamed: '--base-start',
    reusesRunning: false,
    readyTimeoutSeconds: 20,
    ...changes,
  };
}

function targets(allowedHosts: readonly string[] = []): OpenTargets {
  const opened = new OpenTargets(allowedHosts, { dnsPolicy: 'preferIPv4', environment: {} });
  onTestFinished(() => opened.close());
  return opened;
}

const pidAt = async (url: string) => ((await (await fetch(url)).json()) as { pid: number }).pid;

describe.skipIf(process.platform === 'win32')('a target that a command starts', { timeout: 30_000 }, () => {
  it('that is no longer wanted while it starts does not go on', async () => {
    const opened = targets();
    const target = await commandTarget();
    const opening = opened.open(target).catch((error: unknown) => error);
    await opened.close();
    await opening;
    await expect(fetch(target.url)).rejects.toThrow();
  });

  it('goes on from run to run, and is made anew once it was closed', async () => {
    const opened = targets();
    const target = await commandTarget();
    const { url, kind } = await opened.open(target);
    expect(kind).toBe('command');
    const first = await pidAt(url);
    await opened.open({ ...target });
    expect(await pidAt(url)).toBe(first);
    await opened.close();
    await expect(fetch(url)).rejects.toThrow();
    await opened.open(target);
    expect(await pidAt(url)).not.toBe(first);
  });

  it('makes room for another one', async () => {
    const opened = targets();
    const [one, other] = await Promise.all([commandTarget(), commandTarget()]);
    await opened.open(one);
    await opened.open(other);
    await expect(fetch(one.url)).rejects.toThrow();
    expect(await pidAt(other.url)).toBeGreaterThan(0);
  });

  it('is not started where something answers, unless that is as good', async () => {
    const there = createServer((_, response) => response.end('{"pid": -1}')).listen(0, '127.0.0.1');
    onTestFinished(() => void there.close());
    await new Promise((resolve) => there.once('listening', resolve));
    const url = `http://127.0.0.1:${(there.address() as AddressInfo).port}`;
    const target = { ...(await commandTarget()), url, address: parseBaseUrl(url) };
    await expect(targets().open(target)).rejects.toThrow(
      /^Something answers at --base-url before --base-start has run\./,
    );
    await targets().open({ ...target, reusesRunning: true });
    expect(await pidAt(url)).toBe(-1);
  });

  it('can have credentials in its address, which no message repeats', async () => {
    const plain = await commandTarget();
    const url = plain.url.replace('//', '//tester:hidden@');
    const target = { ...plain, url, address: parseBaseUrl(url) };
    const failing = targets().open({ ...target, command: 'exit 3' });
    await expect(failing).rejects.toThrow(/it ended with exit code 3(?![\s\S]*hidden)/);
    expect((await targets().open(target)).url).toBe(url);
  });

  it.each([
    [
      'ends early',
      { command: 'echo no such module >&2; exit 3' },
      /it ended with exit code 3; its last words: no such/,
    ],
    [
      'never answers',
      { command: 'echo waiting; sleep 60', readyTimeoutSeconds: 0.5 },
      /nothing within 0.5 s; .*waiting/,
    ],
    ['cannot run where it should', { folder: '/nowhere' }, /^The folder that --base-start is to run in does not exist/],
  ])('is refused with its last words where it %s', async (_, changes, message) => {
    await expect(targets().open(await commandTarget(changes))).rejects.toThrow(message);
  });
});

it('a target on another machine is opened only where that is allowed', async () => {
  const url = 'http://staging.example.com:9';
  const target = { kind: 'running', url, address: parseBaseUrl(url), named: '"k6-verdict".target.url' } as const;
  await expect(targets().open(target)).rejects.toThrow(
    /has not been allowed[\s\S]*"k6-verdict"\.target\.url with that host/,
  );
  expect(() => targets(['staging.example.com']).requireConsent(target)).not.toThrow();
});

it('a running target that cannot be reached is named by host and port alone', async () => {
  const place = await freeAddress();
  const url = `http://tester:canary@${place}/canary`;
  const target = { kind: 'running', url, address: parseBaseUrl(url), named: 'BASE_URL' } as const;
  await expect(targets().open(target)).rejects.toThrow(`${place} (BASE_URL) cannot be reached`);
  await expect(targets().open(target)).rejects.not.toThrow('canary');
});

it('a running target that cannot be reached says what to correct', async () => {
  const url = `http://${await freeAddress()}`;
  const target = { kind: 'running', url, address: parseBaseUrl(url), named: '--head-url' } as const;
  await expect(targets().open(target)).rejects.toThrow(/cannot be reached[\s\S]*start it, or correct --head-url$/);
});

it('a server besides the target is looked for once, and named by its variable', async () => {
  const service = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => service.on('listening', resolve));
  const auth = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  const opened = targets();
  await opened.meetServers({ auth });
  await new Promise((resolve) => service.close(resolve));
  await opened.meetServers({ auth });
  await expect(targets().meetServers({ auth })).rejects.toThrow(/\(AUTH_URL\) cannot be reached: nothing was sent/);
  await expect(targets().meetServers({ auth: 'http://auth.example' })).rejects.toThrow(/has not been allowed/);
});
