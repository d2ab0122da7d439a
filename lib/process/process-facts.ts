import { readFileSync } from 'node:fs';

/** What the system says of a process. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** When it started, in ticks since the machine did: a pid that is used again has another one. */
  readonly bornAt: string;
  /** It has ended, and its parent has not collected it. */
  readonly isDead: boolean;
}

/** Undefined where there is no such process, or no /proc, which only Linux has. */
export function factsOf(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // `pid (name) state parent group ...`, where the name can hold anything, brackets too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, parent, group] = fields;
    return {
      pid,
      parent: Number(parent),
      group: Number(group),
      bornAt: fields[19] ?? '',
      isDead: state === 'Z' || state === 'X',
    };
  } catch {
    return undefined;
  }
}

/** When a process started; undefined where that cannot be told. */
export function birthOf(pid: number): string | undefined {
  return factsOf(pid)?.bornAt;
}

/** Whether a pid has been given to another process since. */
export function isStranger(pid: number, bornAt: string | undefined): boolean {
  const born = birthOf(pid);
  return bornAt !== undefined && born !== undefined && born !== bornAt;
}
