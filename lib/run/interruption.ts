import { EXIT } from '../core/spec/exit-codes.ts';
import { ENDING_SIGNALS } from '../process/hang-up.ts';
import { whenAbandoned } from '../process/masters.ts';
import { wait } from '../process/wait.ts';

/** What somebody who wants us to end does: by a signal, or by leaving us without a master. */
export interface Interruption {
  /** Whether somebody wants us to end: nothing more is to be started. */
  readonly isStopped: () => boolean;
  readonly hasSent: () => boolean;
  /** What to end with where somebody stopped us before all was done: whether load was sent decides. */
  readonly exitCode: () => number;
  /**
   * Load is about to be sent. From now on signals go to this handler, and none of them ends this process until
   * `finish`: what k6 measured is to be judged and written down first.
   * @returns false where nothing is to be started any more
   */
  readonly startLoad: (handler: (times: number) => void) => boolean;
  /** Until the next load, signals only keep more from being started. */
  readonly endLoad: () => void;
  /** Waits; false if a signal came first. */
  readonly pause: (seconds: number) => Promise<boolean>;
  /** @returns what was waited for; undefined if a signal came first */
  readonly unlessStopped: <T>(waiting: Promise<T>) => Promise<T | undefined>;
  /** Does what a signal does. */
  readonly stop: () => void;
  /** Everything is written: a signal ends this process at once, with this exit code if load was sent. */
  readonly finish: (exitCode: number) => void;
  /** Signals have their usual effect again. */
  readonly release: () => void;
}

/** Catches signals, so that nothing the run has started stays behind, and no run that was measured is lost. */
export function watchSignals(cleanUp: () => Promise<void>, say: (line: string) => void): Interruption {
  let times = 0;
  let handler: ((times: number) => void) | undefined;
  let hasSent = false;
  let finalCode: number | undefined;
  const stopped = new AbortController();
  const { signal } = stopped;

  const beforeLoad = () => {
    if (times > 1) process.exit(EXIT.interrupted);
    void cleanUp().finally(() => process.exit(EXIT.interrupted));
  };
  const stop = () => {
    times += 1;
    stopped.abort();
    if (finalCode !== undefined) process.exit(finalCode);
    if (handler !== undefined) handler(times);
    else if (!hasSent) beforeLoad();
    else if (times === 1) say('The load has ended: what it showed is written down first.');
  };
  for (const name of ENDING_SIGNALS) process.on(name, stop);

  return {
    isStopped: () => signal.aborted,
    hasSent: () => hasSent,
    exitCode: () => (hasSent ? EXIT.aborted : EXIT.interrupted),
    startLoad: (next) => {
      if (signal.aborted) return false;
      hasSent = true;
      handler = next;
      return true;
    },
    endLoad: () => {
      handler = undefined;
    },
    pause: (seconds) => wait(seconds * 1000, signal),
    unlessStopped: (waiting) =>
      new Promise((resolve, reject) => {
        waiting.then(resolve, reject);
        if (hasSent) whenAborted(signal, () => resolve(undefined));
      }),
    stop,
    finish: (exitCode) => {
      if (hasSent) finalCode = exitCode;
    },
    release: () => {
      for (const name of ENDING_SIGNALS) process.off(name, stop);
    },
  };
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

/** Stops what no master waits for any more. @returns what ends the watch */
export function stopWhenAbandoned(interruption: Interruption, say: (line: string) => void): () => void {
  return whenAbandoned(() => {
    say('npm, which started this, has gone, or was told to end: so is this.');
    interruption.stop();
  });
}
