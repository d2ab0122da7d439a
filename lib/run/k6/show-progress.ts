import pc from 'picocolors';
import { formatDuration } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { Terminal } from '../../results/terminal.ts';
import { describeEnd, describeMoment, isTold, type Moment } from '../live/describe-live.ts';
import type { Tally } from '../live/request-tally.ts';
import { RunWatch, type WatchedRun } from '../live/run-watch.ts';
import type { K6Progress } from './k6-progress.ts';

/** Shows how far a run is. */
export interface ProgressDisplay {
  readonly show: (progress: K6Progress) => void;
  /** Standard output of k6 that is no progress. */
  readonly print: (line: string) => void;
  /** Each line of k6's standard output, for whoever wants to see k6 itself. @default nobody does */
  readonly printAll?: (line: string) => void;
  /** Of a run that has ended. */
  readonly end: () => void;
}

/** A run that is shown. */
export interface ShownRun extends WatchedRun {
  /** What is run, and where: begins its first line in a log. */
  readonly title: string;
  /** Which of several runs it is, before each line: `Run 3/10`. @default there is one */
  readonly label?: string;
}

/** A log has a line for each tenth of the load, ... */
const PARTS = 10;
/** ... and none for less than this. */
const LEAST_SECONDS = 30;

/** On a terminal one line, which is rewritten; in a log a line at the start, now and then, and at the end. */
export function progressDisplay(terminal: Terminal, run: ShownRun, nowMs?: () => number): ProgressDisplay {
  const watch = new RunWatch(run, nowMs);
  return terminal.live === undefined ? inLog(terminal, run, watch) : onTerminal(terminal, run, watch);
}

function onTerminal({ print, live, hasColour }: Terminal, { label }: ShownRun, watch: RunWatch): ProgressDisplay {
  const before = label === undefined ? '' : `${label}, `;
  const { red } = pc.createColors(hasColour);
  return {
    show: (progress) => live?.(`${before}${describeMoment(watch.look(progress), red)}`),
    print,
    end: () => live?.(undefined),
  };
}

function inLog({ print }: Terminal, run: ShownRun, watch: RunWatch): ProgressDisplay {
  let nextSeconds: number | undefined;
  let told: Tally | undefined;
  let last: Moment | undefined;
  const tell = (line: string, elapsedSeconds: number, everySeconds: number) => {
    print(line);
    told = watch.tally;
    nextSeconds = Math.floor(elapsedSeconds) + everySeconds;
  };
  return {
    show: (progress) => {
      last = watch.look(progress);
      const { elapsedSeconds } = last;
      if (progress.isPaused || elapsedSeconds === undefined || elapsedSeconds < 0) return;
      const longest = run.plannedSeconds ?? progress.mostSeconds ?? 0;
      const everySeconds = Math.max(longest / PARTS, LEAST_SECONDS);
      if (nextSeconds === undefined) tell(describeStart(run, progress), 0, everySeconds);
      else if (elapsedSeconds >= nextSeconds)
        tell(describeMoment(watch.since(told, last)), elapsedSeconds, everySeconds);
    },
    print,
    end: () => {
      if (last !== undefined) print(describeEnd(watch.since(undefined, watch.look(last.progress))));
      last = undefined;
    },
  };
}

function describeStart({ title, plannedSeconds }: ShownRun, { users: [, users], mostSeconds }: K6Progress): string {
  const planned = isTold(plannedSeconds) ? [`${formatDuration(Math.round(plannedSeconds))} planned`] : [];
  const atMost = mostSeconds === undefined ? [] : [`at most ${formatDuration(Math.round(mostSeconds))}`];
  const howLong = planned.length > 0 ? planned : atMost;
  return `Load begins: ${[title, ...howLong, counted(users, 'user')].join(', ')}`;
}

/** Nothing of it is shown. */
export function hiddenProgress({ print }: Pick<Terminal, 'print'>): ProgressDisplay {
  return { show: () => {}, print, end: () => {} };
}

/** All that k6 itself writes to standard output, and nothing of ours. */
export function k6AsItIs({ print }: Pick<Terminal, 'print'>): ProgressDisplay {
  return { show: () => {}, print: () => {}, printAll: print, end: () => {} };
}
