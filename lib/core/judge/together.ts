import type { StoredLoad } from '../measure/measured.ts';
import { peaksOf } from '../spec/load-shape.ts';
import { present } from '../spec/present.ts';
import type { Reason } from './verdict-rank.ts';

/** When one of the processes of a run sent its part of the load. */
export interface ProcessSpan {
  readonly instance: number;
  /** The whole process. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Its load, where it is known. */
  readonly loadStartedAt?: string;
  readonly windowSeconds?: number;
}

/** Processes on several machines never begin in the same moment. */
const LEAST_SLACK_SECONDS = 2;
const SLACK_SHARE = 0.1;

/**
 * What speaks against a run that was merged: its processes did not send the load together, or not all of them are there.
 * @param arrivals what arrives at the rates of the plan
 */
export function judgeProcesses(
  load: StoredLoad,
  processes: readonly ProcessSpan[] | undefined,
  arrivals: 'requests' | 'journeys' = 'requests',
): Reason[] {
  if (processes === undefined) return [];
  const { consecutive } = load;
  if (consecutive === undefined) return judgeTogether(load, processes, arrivals);
  const { length } = processes;
  if (length >= consecutive.processes) return [];
  const text = `only ${length} of ${consecutive.processes} consecutive processes left a summary: the load was not sent to its end`;
  return [{ verdict: 'incomplete', text }];
}

/** In milliseconds since the epoch. */
interface Span {
  readonly instance: number;
  readonly fromMs: number;
  readonly toMs: number;
}

function judgeTogether(load: StoredLoad, processes: readonly ProcessSpan[], arrivals: string): Reason[] {
  const spans = processes.map(spanOf);
  const shortest = Math.min(...spans.map(({ fromMs, toMs }) => toMs - fromMs));
  const starts = spans.map(({ fromMs }) => fromMs);
  const apart = Math.max(...starts) - Math.min(...starts);
  const slack = Math.max(Math.min(LEAST_SLACK_SECONDS * 1000, shortest / 2), shortest * SLACK_SHARE);
  if (apart <= slack) return [];
  const most = mostTogether(spans);
  const when = spans.map(({ instance, fromMs, toMs }) => `${instance} from ${timeOf(fromMs)} to ${timeOf(toMs)}`);
  const text = `its processes did not send their load at the same time: ${when.join(', ')}; at most ${most} of ${spans.length} were there together${peakText(load, most / spans.length, arrivals)}`;
  return [{ verdict: 'invalid_load', text }];
}

/** When a process sent its load; where that is not known, when it ran. */
export function spanOf({ instance, startedAt, endedAt, loadStartedAt, windowSeconds }: ProcessSpan): Span {
  const fromMs = Date.parse(loadStartedAt ?? startedAt);
  const toMs = windowSeconds === undefined ? Date.parse(endedAt) : fromMs + windowSeconds * 1000;
  return { instance, fromMs, toMs };
}

function mostTogether(spans: readonly Span[]): number {
  return Math.max(
    ...spans.map((one) => spans.filter((other) => other.fromMs <= one.fromMs && one.fromMs < other.toMs).length),
  );
}

/** Each process has an equal part of the plan. */
function peakText({ plan = {} }: StoredLoad, share: number, arrivals: string): string {
  const { users, ratePerSecond: rate } = peaksOf(plan);
  const parts = [
    ...(users > 0 ? [`${Math.ceil(users * share)} of ${users} users`] : []),
    ...(rate > 0 ? [`${Number((rate * share).toPrecision(3))} of ${rate} ${arrivals}/s`] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The times of a process as a merged run keeps them. */
export function spanFacts(
  part: Omit<ProcessSpan, 'windowSeconds'> & { readonly load: { readonly windowSeconds: number } },
) {
  const { startedAt, endedAt, loadStartedAt, load } = part;
  return { startedAt, endedAt, ...present({ loadStartedAt }), windowSeconds: load.windowSeconds };
}
