import { present } from '../../core/spec/present.ts';

/** What k6 says of a run while it goes on. */
export interface K6Progress {
  readonly isPaused: boolean;
  /** Since its setup began, and then its load. */
  readonly seconds: number;
  /** How long the run can take, with what it gives the last iterations; absent where k6 did not say. */
  readonly mostSeconds?: number;
  /** Users that are at work, and those that k6 has. */
  readonly users: readonly [active: number, of: number];
  /** Iterations that came to their end, those of a warm-up included, ... */
  readonly complete: number;
  /** ... and those that k6 ended: they are in no other figure of it. */
  readonly interrupted: number;
}

/** `getRunStats` of k6's internal/execution/scheduler.go. */
const PROGRESS =
  /^(running|paused)(?: \(([\d.dhms]+)\))?, (\d+)\/(\d+) VUs, (\d+) complete and (\d+) interrupted iterations$/;

/** Reads the line of k6's progress that is on the run as a whole. @returns undefined for any other line */
export function parseProgress(line: string): K6Progress | undefined {
  const [, state, elapsed = '0s', active, of, complete, interrupted] = PROGRESS.exec(line.trim()) ?? [];
  if (state === undefined) return undefined;
  return {
    isPaused: state === 'paused',
    seconds: secondsOf(elapsed),
    users: [Number(active), Number(of)],
    complete: Number(complete),
    interrupted: Number(interrupted),
  };
}

const UNITS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** `0h01m02.3s` */
function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/([\d.]+)([dhms])/g)];
  return parts.reduce((total, [, count, unit]) => total + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
}

/**
 * k6 interrupts a run from above: until it comes to a user, that one may begin iterations that end at once, thousands of
 * them on a busy machine (`getDurationContexts` of lib/executor/helpers.go). They send nothing, and each user had one.
 */
function withoutSpinning(progress: K6Progress | undefined, before: K6Progress | undefined): K6Progress | undefined {
  if (progress === undefined || progress.users[0] > 0) return progress;
  const [, users] = progress.users;
  return { ...progress, interrupted: Math.min(progress.interrupted, (before?.interrupted ?? 0) + users) };
}

/** How k6 draws how far it is, a line for each scenario: `users    [  50% ] 5 VUs  2.0s/4s`. */
const BAR = /^\S.*\[[ \d%=>-]*\]/;

/** What k6 is to run; a line for each scenario follows, and then an empty one. */
const END_OF_GREETING = /^ {5}scenarios: \((?:.*, ([\d.dhms]+) max duration)?/;

/**
 * Takes what k6 writes to standard output apart: its progress, and what else there is. Before that it greets, and says
 * what it is told to run, with paths of ours that nobody has use for. A short run has its summary before any progress.
 */
export class K6Output {
  /** How far k6 was when it last said so. */
  last: K6Progress | undefined;
  private readonly onProgress: (progress: K6Progress) => void;
  private readonly onOther: (line: string) => void;
  private hasGreeted = false;
  private mostSeconds: number | undefined;
  private hasBegun = false;

  constructor(onProgress: (progress: K6Progress) => void, onOther: (line: string) => void) {
    this.onProgress = onProgress;
    this.onOther = onOther;
  }

  readonly take = (line: string): void => {
    const progress = withoutSpinning(parseProgress(line), this.last);
    if (progress !== undefined) {
      this.last = { ...progress, ...present({ mostSeconds: this.mostSeconds }) };
      this.onProgress(this.last);
    }
    if (!this.hasGreeted) this.readGreeting(line);
    const isAfterGreeting = this.hasGreeted && line.trim() === '';
    if (progress !== undefined || BAR.test(line) || isAfterGreeting) this.hasBegun = true;
    else if (this.hasBegun && line.trim() !== '') this.onOther(line);
  };

  private readGreeting(line: string): void {
    const end = END_OF_GREETING.exec(line);
    if (end === null) return;
    this.hasGreeted = true;
    if (end[1] !== undefined) this.mostSeconds = secondsOf(end[1]);
  }
}

/**
 * The iterations of a run that has ended. k6 has told the last of them when no user is at work any more; one that was
 * killed tells nothing.
 */
export function iterationsAtEnd(
  last: K6Progress | undefined,
): Pick<K6Progress, 'complete' | 'interrupted'> | undefined {
  if (last === undefined || last.users[0] > 0) return undefined;
  return { complete: last.complete, interrupted: last.interrupted };
}
