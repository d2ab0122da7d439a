import { type Contradiction, expectNearly } from '../../measure/contradiction.ts';
import { isSteady, type LoadShape, plannedSeconds } from '../../spec/load-shape.ts';
import { formatDuration } from '../../spec/units.ts';
import type { RunSummary } from '../run-summary.ts';

/** The clock of a machine can be set while it runs, by a little. */
const SLACK_SECONDS = 2;

type Timed = Pick<
  RunSummary,
  | 'startedAt'
  | 'endedAt'
  | 'loadStartedAt'
  | 'durationSeconds'
  | 'load'
  | 'totals'
  | 'endpoints'
  | 'journeys'
  | 'mergedFrom'
  | 'k6ExitCode'
>;

/** When a run began and ended, when its load did, and what was worked out from that. */
export function contradictionsOfTimes(run: Timed): Contradiction[] {
  const { startedAt, endedAt, loadStartedAt, durationSeconds, load, totals } = run;
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return [
    ...inOrder('endedAt', endedAt, 'startedAt', startedAt),
    ...expectNearly('durationSeconds', durationSeconds, seconds, 'from startedAt to endedAt'),
    ...(loadStartedAt === undefined ? [] : inOrder('loadStartedAt', loadStartedAt, 'startedAt', startedAt)),
    ...windowInside(run),
    ...windowOfPlan(run),
    ...rateOf(load.requestsPerSecond, totals.requests, load.windowSeconds),
    ...partsInside(run),
  ];
}

export function inOrder(member: string, at: string, before: string, beforeAt: string): Contradiction[] {
  if (Date.parse(at) >= Date.parse(beforeAt)) return [];
  return [{ member, received: at, expected: `not before ${before}, ${beforeAt}` }];
}

/** The load lies within its run. */
function windowInside({ startedAt, loadStartedAt = startedAt, endedAt, load }: Timed): Contradiction[] {
  const most = (Date.parse(endedAt) - Date.parse(loadStartedAt)) / 1000;
  if (load.windowSeconds <= most + SLACK_SECONDS) return [];
  const expected = `at most the ${formatDuration(Math.max(0, most))} from the start of the load (${loadStartedAt}) to endedAt, ${endedAt}`;
  return [{ member: 'load.windowSeconds', received: `${load.windowSeconds}`, expected }];
}

/** A run that k6 ended by itself sent a steady load for as long as it was planned. */
function windowOfPlan({ load, endpoints, journeys, k6ExitCode, mergedFrom }: Timed): Contradiction[] {
  const isWhole = k6ExitCode === 0 && load.endedEarly !== true && mergedFrom === undefined;
  if (!isWhole || load.segment !== undefined || load.consecutivePart !== undefined || load.consecutive !== undefined)
    return [];
  // What is in flight at the end can be cut off, and is no part of the window then.
  const inFlight = longestSeconds(endpoints, journeys);
  const least = Math.max(0, ...Object.values(load.plan).map(steadySeconds)) - inFlight - SLACK_SECONDS;
  // Where nothing was measured, there is no window.
  if (load.windowSeconds === 0 || load.windowSeconds >= least) return [];
  const expected = `at least ${formatDuration(least)}, since k6 ended by itself (k6ExitCode 0) and the plan is longer`;
  return [{ member: 'load.windowSeconds', received: `${load.windowSeconds}`, expected }];
}

/** How long an iteration can take: a request, or a journey. */
function longestSeconds(endpoints: Timed['endpoints'], journeys: Timed['journeys']): number {
  return journeys === undefined
    ? Math.max(0, ...endpoints.map(({ timeoutMs = 0 }) => timeoutMs)) / 1000
    : Math.max(0, ...journeys.map(({ atMostSeconds }) => atMostSeconds));
}

/** So long the shape surely sends load, without the pause after the last request. */
function steadySeconds(shape: LoadShape): number {
  const seconds = isSteady(shape) ? (plannedSeconds(shape) ?? 0) : 0;
  if (shape.kind === 'constant-arrivals') return seconds - 2 / shape.ratePerSecond;
  return shape.kind === 'constant-users' ? seconds - shape.pacingSeconds - 2 * shape.thinkTimeSeconds : seconds;
}

/** Rates are written down with more digits than one in a hundred. */
const RATE_SLACK = 0.01;

export function rateOf(perSecond: number, requests: number, seconds: number): Contradiction[] {
  const rate = seconds > 0 ? requests / seconds : 0;
  if (Math.abs(perSecond - rate) <= rate * RATE_SLACK + 1e-9) return [];
  const expected = `${Number(rate.toPrecision(6))}, ${requests} requests over ${seconds} s of load`;
  return [{ member: 'load.requestsPerSecond', received: `${perSecond}`, expected }];
}

/** A merged run is as long as its processes together. */
function partsInside({ startedAt, endedAt, mergedFrom = [] }: Timed): Contradiction[] {
  return mergedFrom.flatMap((part, i) => [
    ...inOrder(`mergedFrom[${i}].endedAt`, part.endedAt, `mergedFrom[${i}].startedAt`, part.startedAt),
    ...inOrder(`mergedFrom[${i}].startedAt`, part.startedAt, 'startedAt', startedAt),
    ...inOrder('endedAt', endedAt, `mergedFrom[${i}].endedAt`, part.endedAt),
  ]);
}
