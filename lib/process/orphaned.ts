const PERIOD_MS = 1_000;

/** Read early: who asks only when the load begins may have lost its parent by then. */
const parent = process.ppid;

/**
 * Acts once when npm, which started this process, has gone. npm does not pass SIGTERM on: a cancelled CI job would
 * leave a load behind that nobody waits for.
 *
 * @returns what ends the watch
 */
export function whenOrphaned(act: () => void): () => void {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    act();
  }, PERIOD_MS);
  return () => clearInterval(watch);
}
