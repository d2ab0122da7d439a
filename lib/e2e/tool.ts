import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../core/measure/outcome.ts';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const starter = path.join(projectRoot, 'lib', 'cli', 'start.mjs');

/** How one call of the tool ended. */
export interface ToolEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningTool {
  readonly child: ChildProcess;
  readonly ended: Promise<ToolEnd>;
  /** Resolves as soon as the output so far matches. */
  says(pattern: RegExp): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

/** Starts the tool as npm scripts do. Variables of this test run that would steer it are left out. */
export function startTool(args: readonly string[], environment: Environment = {}, cwd = projectRoot): RunningTool {
  const child = spawn(process.execPath, ['--', starter, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      K6_BIN: process.env.K6_BIN ?? '',
      NO_COLOR: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<ToolEnd>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })),
  );
  return {
    child,
    ended,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (pattern.test(stdout + stderr)) resolve();
        };
        look();
        child.stdout?.on('data', look);
        child.stderr?.on('data', look);
        void ended.then(() => reject(new Error(`The tool ended without saying ${pattern}:\n${stdout}\n${stderr}`)));
      }),
  };
}

/** Runs the tool to its end. */
export function callTool(args: readonly string[], environment: Environment = {}, cwd = projectRoot): Promise<ToolEnd> {
  return startTool(args, environment, cwd).ended;
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a recorded run leaves. */
export const FILES_OF_RUN = [
  'k6-summary.json',
  'k6.log',
  'record.ndjson.gz',
  'report.html',
  'report.json',
  'report.md',
  'summary.json',
];

/** The one run in a results folder. */
export interface StoredRun {
  readonly folder: string;
  readonly files: readonly string[];
  readonly summary: RunSummary;
  readonly report: string;
}

export function readOnlyRun(resultsFolder: string): StoredRun {
  const folder = path.join(resultsFolder, readFileSync(path.join(resultsFolder, 'latest'), 'utf8').trim());
  return {
    folder,
    files: readdirSync(folder).sort(),
    summary: JSON.parse(readFileSync(path.join(folder, 'summary.json'), 'utf8')) as RunSummary,
    report: readFileSync(path.join(folder, 'report.md'), 'utf8'),
  };
}

/** Runs a scenario into a folder of its own and reads what it stored. */
export async function runScenario(
  scenario: string,
  environment: Environment,
  args: readonly string[] = [],
  cwd = projectRoot,
): Promise<ToolEnd & StoredRun> {
  const results = temporaryFolder();
  const [own, k6] = args.includes('--')
    ? [args.slice(0, args.indexOf('--')), args.slice(args.indexOf('--'))]
    : [args, []];
  const end = await callTool(['run', scenario, '--results', results, ...own, ...k6], environment, cwd);
  try {
    return { ...end, ...readOnlyRun(results) };
  } catch (error) {
    throw new Error(`The run stored no summary (exit code ${end.exitCode}):\n${end.stdout}\n${end.stderr}`, {
      cause: error,
    });
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function countOf(outcomes: OutcomeCounts, ...names: (keyof OutcomeCounts)[]): number {
  return sum(names.map((name) => outcomes[name] ?? 0));
}
