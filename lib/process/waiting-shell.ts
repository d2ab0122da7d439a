import { readFileSync } from 'node:fs';

/** What tells whether a shell that waits for us has been woken. */
export interface Wakings {
  readonly pid: number;
  readonly count: number;
}

/** Bit of SIGINT in the masks of /proc. */
const SIGINT_BIT = 0b10n;

/**
 * npm hands a SIGINT on to the shell that it started. That is often dash, which notes it, and goes on waiting for us
 * before it obeys: so neither of them ends, and we hear nothing. A shell that does nothing but wait for its only child
 * sleeps until a signal wakes it; the system counts how often it went to sleep.
 *
 * @returns undefined for what is no such shell, and where nothing of it can be known
 */
export function wakingsOf(pid: number): Wakings | undefined {
  try {
    const of = (name: string) => readFileSync(`/proc/${pid}/${name}`, 'utf8');
    if (!/^(sh|dash|ash)$/.test(of('comm').trim())) return undefined;
    if (of(`task/${pid}/children`).trim().split(/\s+/).length !== 1) return undefined;
    const status = of('status');
    const [, caught = '0'] = /^SigCgt:\s*([0-9a-f]+)/m.exec(status) ?? [];
    const [, slept] = /^voluntary_ctxt_switches:\s*(\d+)/m.exec(status) ?? [];
    if (slept === undefined || (BigInt(`0x${caught}`) & SIGINT_BIT) === 0n) return undefined;
    return { pid, count: Number(slept) };
  } catch {
    return undefined;
  }
}
