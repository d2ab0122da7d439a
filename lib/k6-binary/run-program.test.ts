import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildPlaceOf } from './build-place.ts';
import { CANNOT_FAKE_PROGRAMS, FakeComputer } from './fake-computer.ts';
import { readK6Module } from './k6-module.ts';
import { runProgram } from './run-program.ts';

/** Nothing is measured by it: it ends what hangs. */
const GUARD = { timeout: 60_000, interval: 20 };

let computer: FakeComputer;

beforeEach(() => {
  computer = new FakeComputer();
});

afterEach(() => {
  computer.remove();
});

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that has ended but was not yet collected, as happens in containers, still takes signal 0.
  const status = `/proc/${pid}/stat`;
  return !(existsSync(status) && readFileSync(status, 'utf8').includes(') Z '));
}

async function pidIn(file: string): Promise<number> {
  return vi.waitFor(() => {
    const pid = Number(readFileSync(file, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    return pid;
  }, GUARD);
}

describe.skipIf(CANNOT_FAKE_PROGRAMS)('running a program', () => {
  it('collects what it prints and how it ended', async () => {
    const program = computer.addProgram('talk', 'echo "$1"; echo oops >&2; exit 3');
    expect(await runProgram({ program, args: ['a  b;c'], env: {} })).toEqual({
      kind: 'ended',
      how: 'exit code 3',
      ok: false,
      stdout: 'a  b;c\n',
      stderr: 'oops\n',
    });
  });

  it('stops what it started too when it takes too long', async () => {
    const pidFile = path.join(computer.folder, 'pid');
    const program = computer.addProgram('slow', `/bin/sleep 30 & echo $! > "${pidFile}"; wait`);
    expect(await runProgram({ program, args: [], env: {}, timeoutMs: 3_000 })).toEqual({ kind: 'timed_out' });
    const pid = await pidIn(pidFile);
    await vi.waitFor(() => expect(lives(pid)).toBe(false), GUARD);
  });

  it('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGINT');
    await runProgram({ program: computer.addProgram('quick', 'exit 0'), args: [], env: {} });
    await runProgram({ program: path.join(computer.folder, 'missing'), args: [], env: {} });
    expect(process.listenerCount('SIGINT')).toBe(before);
    expect(process.listenerCount('exit')).toBeLessThan(10);
  });
});

/** A process of its own that looks for k6 on the fake computer, where it must build it. */
function startLooking(afterwards = ''): ChildProcess {
  const script = path.join(computer.folder, 'look.mjs');
  const findK6 = new URL('./find-k6.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { findK6 } from ${JSON.stringify(findK6)};
     ${afterwards}
     await findK6({ moduleFolder: ${JSON.stringify(computer.moduleFolder)} });`,
  );
  const register = pathToFileURL(fileURLToPath(new URL('../cli/register.mjs', import.meta.url))).href;
  return spawn(process.execPath, ['--import', register, script], {
    env: { PATH: computer.bin, K6_VERDICT_CACHE: computer.cacheFolder },
    stdio: 'ignore',
  });
}

describe.skipIf(CANNOT_FAKE_PROGRAMS)('a build that is interrupted', () => {
  it.each([
    ['SIGINT', '', { code: null, signal: 'SIGINT' }],
    ['SIGTERM', '', { code: null, signal: 'SIGTERM' }],
    ['SIGINT', 'process.on("SIGINT", () => process.exit(7));', { code: 7, signal: null }],
  ] as const)('by %s leaves no go, no lock and no half program: %s', async (signal, afterwards, end) => {
    const pidFile = path.join(computer.folder, 'pid');
    computer.addProgram(
      'go',
      `while [ "$1" != "-o" ]; do shift; done; echo half > "$2"; /bin/sleep 30 & echo $! > "${pidFile}"; wait`,
    );
    const looking = startLooking(afterwards);
    const ended = once(looking, 'exit');
    const pid = await pidIn(pidFile);
    looking.kill(signal);
    const [code, endSignal] = await ended;
    expect({ code, signal: endSignal }).toEqual(end);
    await vi.waitFor(() => expect(lives(pid)).toBe(false), GUARD);
    const { folder } = buildPlaceOf(await readK6Module(computer.moduleFolder), computer.cacheFolder);
    await sleep(50);
    expect(readdirSync(folder)).toEqual(['build.log']);
  });
});
