import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchLine } from './line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RATE = 2500;
/** So few that they need little memory themselves. */
const USERS = 100;
const SEGMENT_SECONDS = 10;
const SEGMENTS = 6;

/** What the largest k6 process of a long load needs when it is sent in parts, against a load of one part. Linux only. */
export async function segmentMemory(folder: string, limit: number): Promise<BenchLine> {
  const whole = SEGMENTS * SEGMENT_SECONDS;
  const short = await peakOfRun(folder, 'short', ['--duration', `${SEGMENT_SECONDS}s`]);
  const long = await peakOfRun(folder, 'long', ['--duration', `${whole}s`]);
  const parts = await peakOfRun(folder, 'parts', ['--duration', `${whole}s`, '--segment', `${SEGMENT_SECONDS}s`]);
  return {
    title: `memory of k6 for ${whole} s of load in parts of ${SEGMENT_SECONDS} s, against one of ${SEGMENT_SECONDS} s`,
    value: parts / short,
    unit: '×',
    limit,
    detail: `${RATE} requests/s, largest process: ${mebibytes(short)} for ${SEGMENT_SECONDS} s, ${mebibytes(long)} for ${whole} s in one, ${mebibytes(parts)} in parts`,
  };
}

function mebibytes(kibibytes: number): string {
  return `${Math.round(kibibytes / 1024)} MiB`;
}

/** The most that any k6 process of a run had in memory, in KiB. */
function peakOfRun(folder: string, name: string, args: readonly string[]): Promise<number> {
  const command = ['--', 'lib/cli/start.mjs', 'run', 'soak', '--rate', String(RATE), '--vus', String(USERS)];
  const results = path.join(folder, `memory-${name}`);
  const tool = spawn(process.execPath, [...command, ...args, '--results', results], {
    cwd: root,
    stdio: 'ignore',
    // k6 is told by us to collect its garbage late: what it needs, and not what it may take.
    env: { ...process.env, GOGC: '100' },
  });
  let peak = 0;
  const watch = setInterval(() => {
    for (const pid of childrenOf(tool.pid ?? -1)) peak = Math.max(peak, peakOf(pid));
  }, 250);
  return new Promise((resolve, reject) => {
    tool.on('error', reject);
    tool.on('close', () => {
      clearInterval(watch);
      if (peak > 0) resolve(peak);
      else reject(new Error('No k6 process was seen under /proc'));
    });
  });
}

function childrenOf(parent: number): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && statusOf(pid, 'PPid') === parent && isK6(pid));
}

function isK6(pid: string): boolean {
  return /^Name:\s+k6/m.test(readStatus(pid));
}

function peakOf(pid: string): number {
  return statusOf(pid, 'VmHWM') ?? 0;
}

function statusOf(pid: string, field: string): number | undefined {
  const value = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readStatus(pid))?.[1];
  return value === undefined ? undefined : Number(value);
}

/** Processes end while one looks. */
function readStatus(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
