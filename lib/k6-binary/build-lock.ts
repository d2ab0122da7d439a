import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

/** A lock that its holder has not refreshed for this long belonged to a process that died. */
const STALE_MS = 10_000;
const POLL_MS = 250;

/**
 * Waits until no other process holds the lock, which is also when its holder died, and takes it.
 * Returns the function that gives it back.
 * @param showWaiting called once if there is a wait; returns what ends it on the screen
 */
export async function takeTurn(lockPath: string, showWaiting: () => () => void): Promise<() => Promise<void>> {
  let stopShowing: (() => void) | undefined;
  try {
    for (;;) {
      const giveBack = await tryLock(lockPath);
      if (giveBack !== undefined) return giveBack;
      stopShowing ??= showWaiting();
      await sleep(POLL_MS);
    }
  } finally {
    stopShowing?.();
  }
}

async function tryLock(lockPath: string): Promise<(() => Promise<void>) | undefined> {
  try {
    const release = await lock(lockPath, {
      lockfilePath: lockPath,
      realpath: false,
      stale: STALE_MS,
      // The lock was lost: this computer slept, say. Two may build now, which wastes a minute and breaks nothing,
      // since each writes a file of its own and renames it when done.
      onCompromised: () => {},
    });
    // A lost lock cannot be released, and need not be.
    return () => release().catch(() => {});
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}
