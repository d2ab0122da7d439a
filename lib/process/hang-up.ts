import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** Open for writing only. */
const WRITE_ONLY = 1;

/**
 * Whether nohup started us, so that the end of the terminal is not to end us. Node makes every signal that it was told
 * to ignore deadly again before any of our code runs, so this has to be told from what nohup leaves besides: its name
 * in `_`, where bash, zsh and ksh name the program that they start; a standard input that can only be written; output
 * that goes to nohup.out.
 */
export function isUnderNohup(
  environment: NodeJS.ProcessEnv,
  inputFlags = flagsOfInput(),
  output = nameOfOutput(),
): boolean {
  return path.basename(environment._ ?? '') === 'nohup' || (inputFlags & 3) === WRITE_ONLY || output === 'nohup.out';
}

function flagsOfInput(): number {
  try {
    const [, flags = '0'] = /^flags:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8')) ?? [];
    return Number.parseInt(flags, 8);
  } catch {
    return 0;
  }
}

function nameOfOutput(): string {
  try {
    return path.basename(readlinkSync('/proc/self/fd/1'));
  } catch {
    return '';
  }
}

const isIgnored = isUnderNohup(process.env);
let heardAtMs = Number.NEGATIVE_INFINITY;

/** Signals that ask this process to end. */
export const ENDING_SIGNALS: readonly NodeJS.Signals[] = isIgnored
  ? ['SIGINT', 'SIGTERM']
  : ['SIGINT', 'SIGTERM', 'SIGHUP'];

if (isIgnored)
  process.on('SIGHUP', () => {
    heardAtMs = Date.now();
  });

/** Whether the end of a terminal, which is not to end us, has just been told to all that was started there. */
export function isHangUpSurvived(nowMs: number): boolean {
  return nowMs - heardAtMs < SURVIVED_MS;
}

/** How much later at most we see that something else did not survive it. */
const SURVIVED_MS = 5_000;
