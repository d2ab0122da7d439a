import type { Terminal } from '../../results/terminal.ts';
import { describeProgress, type K6Progress } from './k6-progress.ts';

/** Shows how far a run is. */
export interface ProgressDisplay {
  readonly show: (progress: K6Progress) => void;
  /** Standard output of k6 that is no progress. */
  readonly print: (line: string) => void;
  /** Of a run that has ended. */
  readonly end: () => void;
}

/** A log has a line for each tenth of the load, ... */
const PARTS = 10;
/** ... for each second at most, ... */
const LEAST_SECONDS = 1;
/** ... and for each of so many at least. */
const MOST_SECONDS = 30;

/**
 * On a terminal one line, which is rewritten; in a log a line now and then, and the last one.
 * @param expectedSeconds how long the load is to take
 */
export function progressDisplay({ print, live }: Terminal, expectedSeconds: number): ProgressDisplay {
  if (live !== undefined)
    return { show: (progress) => live(describeProgress(progress)), print, end: () => live(undefined) };
  const everySeconds = Math.min(Math.max(expectedSeconds / PARTS, LEAST_SECONDS), MOST_SECONDS);
  let next = 0;
  let last: string | undefined;
  return {
    show: (progress) => {
      last = describeProgress(progress);
      if (progress.seconds < next) return;
      // k6 looks once a second, and a little later each time.
      next = Math.floor(progress.seconds) + everySeconds;
      print(last);
      last = undefined;
    },
    print,
    end: () => {
      if (last !== undefined) print(last);
      last = undefined;
    },
  };
}

/** Nothing of it is shown. */
export function hiddenProgress({ print }: Pick<Terminal, 'print'>): ProgressDisplay {
  return { show: () => {}, print, end: () => {} };
}
