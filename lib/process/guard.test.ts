import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isStranger } from './process-facts.ts';
import { isGroupAlive } from './process-group.ts';

vi.setConfig({ testTimeout: 60_000 });

const register = new URL('../cli/register.mjs', import.meta.url).href;
const moduleOf = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** A program that starts processes, and is then killed: what it started writes its pids into a folder. */
class Tool {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-guard-'));
  readonly #process;

  constructor(script: string) {
    onTestFinished(() => {
      this.kill();
      rmSync(this.folder, { recursive: true, force: true });
    });
    const source = `
      import { spawn } from 'node:child_process';
      import { guardFolder, MARK_OF_OURS, startGuarded } from ${moduleOf('./guard.ts')};
      import { startProcess } from ${moduleOf('./start-process.ts')};
      const shell = (program, more = {}) =>
        startProcess({ program, isShell: true, stdout: 'ignore', stderr: 'ignore', folder: ${JSON.stringify(this.folder)}, ...more });
      const at = (name) => ${JSON.stringify(this.folder)} + '/' + name;
      ${script}
      setInterval(() => {}, 1000);`;
    this.#process = spawn(process.execPath, ['--import', register, '--input-type=module', '--eval', source], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  async said(name: string): Promise<string> {
    const file = path.join(this.folder, name);
    await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8').trim()).toBeTruthy(), 30_000);
    return readFileSync(file, 'utf8').trim();
  }

  /** The guards of it that run. */
  guards(): number[] {
    return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, parent, program]) => Number(parent) === this.pid && program === 'sh')
      .map(([pid]) => Number(pid));
  }
}

const STUBBORN = "trap '' INT TERM; echo $$ > stubborn; while :; do sleep 0.1; done";
const untilGone = (pid: number) => vi.waitFor(() => expect(isGroupAlive(pid)).toBe(false), 30_000);

describe.skipIf(process.platform === 'win32')('what a killed tool has started', () => {
  it('ends: asked first, then killed, also where its leader has ended before', async () => {
    const tool = new Tool(`
      shell("trap 'echo yes > asked; exit' INT; echo $$ > polite; while :; do sleep 0.05; done", { askedBy: 'SIGINT' });
      shell(${JSON.stringify(STUBBORN)}, { askedBy: 'SIGINT' });
      shell('sleep 300 & echo $$ > leaderless');`);
    const pids = await Promise.all(['polite', 'stubborn', 'leaderless'].map((name) => tool.said(name)));
    tool.kill();
    for (const pid of pids) await untilGone(Number(pid));
    expect(await tool.said('asked')).toBe('yes');
  });

  it('is found where it was killed between starting a process and telling of it', async () => {
    const tool = new Tool(`
      startGuarded(() => {
        spawn('sh', ['-c', 'echo $$ > ' + at('untold') + '; sleep 300'], {
          detached: true, stdio: 'ignore', env: { ...process.env, ...MARK_OF_OURS },
        });
        process.kill(process.pid, 'SIGKILL');
      }, 'SIGINT');`);
    await untilGone(Number(await tool.said('untold')));
  });

  it('is found there also where its leader has ended before', async () => {
    const tool = new Tool(`
      startGuarded(() => {
        spawn('sh', ['-c', 'sleep 300 & echo $$ > ' + at('untold')], {
          detached: true, stdio: 'ignore', env: { ...process.env, ...MARK_OF_OURS },
        });
        // Nothing of ours looks after the leader meanwhile.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
        process.kill(process.pid, 'SIGKILL');
      }, 'SIGINT');`);
    await untilGone(Number(await tool.said('untold')));
  });

  it('takes its folders with it, whatever they are called', async () => {
    const tool = new Tool(`
      guardFolder(at('gone  "$x" *'));
      shell('echo $$ > ready; sleep 300');`);
    const gone = path.join(tool.folder, 'gone  "$x" *');
    for (const folder of [gone, path.join(tool.folder, 'kept')]) mkdirSync(folder);
    const pid = Number(await tool.said('ready'));
    tool.kill();
    await vi.waitFor(() => expect(existsSync(gone)).toBe(false), 30_000);
    await untilGone(pid);
    expect(existsSync(path.join(tool.folder, 'kept'))).toBe(true);
  });

  it('ends also where its guard was killed before', async () => {
    const tool = new Tool("shell('echo $$ > ready; sleep 300');");
    const pid = Number(await tool.said('ready'));
    const [first] = tool.guards();
    expect(first).toBeDefined();
    process.kill(first ?? 0, 'SIGKILL');
    await vi.waitFor(() => expect(tool.guards().filter((each) => each !== first)).toHaveLength(1), 30_000);
    expect(isGroupAlive(pid)).toBe(true);
    tool.kill();
    await untilGone(pid);
  });

  it('is all that ends: a guard leaves with a tool that has nothing left, and goes for nobody else', async () => {
    const tool = new Tool("shell('echo $$ > ready').ended.then(() => shell('echo $$ > second; sleep 300'));");
    const second = Number(await tool.said('second'));
    const guards = tool.guards();
    const other = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
    onTestFinished(() => void other.kill('SIGKILL'));
    tool.kill();
    await untilGone(second);
    for (const guard of guards) await untilGone(guard);
    expect(isGroupAlive(other.pid ?? 0)).toBe(true);
  });
});

it.skipIf(process.platform !== 'linux')('a pid that was given to another process is a stranger', () => {
  expect(isStranger(process.pid, 'another time')).toBe(true);
  expect(isStranger(process.pid, undefined)).toBe(false);
});
