import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { factsOf } from './process-facts.ts';

const ON_WINDOWS = process.platform === 'win32';

/** Sends a signal to a process and to everything that it has started in turn. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    // Windows has neither groups nor signals: taskkill ends the whole tree.
    if (ON_WINDOWS) spawn('taskkill', ['/pid', String(leader), '/t', '/f'], { stdio: 'ignore' }).unref();
    else process.kill(-leader, signal);
  } catch {
    // All of it has ended already.
  }
}

/** Whether a process of the group still runs: its leader, or anything that the leader has started. */
export function isGroupAlive(leader: number): boolean {
  try {
    process.kill(ON_WINDOWS ? leader : -leader, 0);
  } catch {
    return false;
  }
  return process.platform !== 'linux' || hasLivingMember(leader);
}

/**
 * A process that has ended takes signals until its parent has collected it. Whose parent has gone is collected by
 * process 1, which in a container may take seconds, or never come to it: waiting for such a process would be in vain.
 */
function hasLivingMember(leader: number): boolean {
  try {
    return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLivingMember(name, leader));
  } catch {
    return true;
  }
}

function isLivingMember(pid: string, leader: number): boolean {
  const facts = factsOf(Number(pid));
  return facts !== undefined && facts.group === leader && !facts.isDead;
}
