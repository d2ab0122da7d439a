import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { makeProject } from '../own-project.ts';
import { type Environment, projectRoot, temporaryFolder } from '../tool.ts';

/** A process that a test has started, directly or not. */
export interface Found {
  readonly pid: number;
  readonly parent: number;
  readonly args: string;
}

/** A call of the tool, all of whose processes can be found: their environment names a folder of their own. */
export interface Started {
  readonly child: ChildProcess;
  readonly results: string;
  /** TMPDIR. */
  readonly temporary: string;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly output: () => string;
  /** Whatever it has started that still runs. */
  readonly processes: () => Found[];
  /** Of k6, whose arguments begin so. */
  readonly k6: (command?: 'run' | 'inspect') => Found[];
}

export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Environment;
  readonly folder?: string;
}

/** The tool as npm scripts call it. */
export const TOOL = [process.execPath, '--', path.join(projectRoot, 'lib', 'cli', 'start.mjs')] as const;

/** Starts a call in a process group of its own, as a shell with job control does. */
export function start(call: (results: string) => Call): Started {
  const home = temporaryFolder();
  const [results, temporary] = [path.join(home, 'results'), path.join(home, 'tmp')];
  mkdirSync(temporary);
  const { program, args, environment = {}, folder = projectRoot } = call(results);
  const child = spawn(program, [...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      K6_BIN: process.env.K6_BIN ?? '',
      NO_COLOR: '1',
      TMPDIR: temporary,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const processes = () => processesWith(`TMPDIR=${temporary}`);
  onTestFinished(() => {
    for (const { pid } of processes()) killIfThere(pid);
  });
  return {
    child,
    results,
    temporary,
    ended: new Promise((resolve) => child.on('close', (exitCode, signal) => resolve({ exitCode, signal }))),
    output: () => output,
    processes,
    k6: (command = 'run') => processes().filter(({ args: line }) => new RegExp(`^\\S*k6\\S* ${command} `).test(line)),
  };
}

function processesWith(mark: string): Found[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const of = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
        if (!`\0${of('environ')}`.includes(`\0${mark}\0`)) return [];
        const [state, parent] = of('stat')
          .slice(of('stat').lastIndexOf(')') + 2)
          .split(' ');
        if (state === 'Z' || state === 'X') return [];
        return [{ pid: Number(pid), parent: Number(parent), args: of('cmdline').replaceAll('\0', ' ').trim() }];
      } catch {
        return [];
      }
    });
}

/** Waits for something that is seen from outside. */
export async function until(what: string, isSo: () => boolean, { output }: Partial<Started> = {}): Promise<void> {
  try {
    await expect.poll(isSo, { interval: 50, message: what }).toBe(true);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${output?.() ?? ''}`, { cause: error });
  }
}

/** The pids of npm, of the shell that it started, and of the tool. */
export function lineage({ child, processes }: Started): { npm: number; sh: number; tool: number } {
  const npm = child.pid ?? 0;
  const sh = processes().find(({ parent }) => parent === npm)?.pid ?? 0;
  const tool = processes().find(({ parent, args }) => parent === sh && args.includes('start.mjs'))?.pid ?? 0;
  expect([npm, sh, tool]).not.toContain(0);
  return { npm, sh, tool };
}

/** A project whose scenario never ends loading: k6 is at work, and nothing is sent. */
export function neverLoads(): string {
  const folder = makeProject({
    plan: '{ users: k6.constantUsers({ users: 1, durationSeconds: 60 }) }',
    endpoints: '[service.projects]',
    declarations: 'while (Date.now() > 0) {}',
  });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process can end by itself between the look at it and the signal. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
