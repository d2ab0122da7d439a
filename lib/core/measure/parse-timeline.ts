import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { formatCount, formatDuration } from '../spec/units.ts';
import { type DashboardLook, type DashboardRecord, readDashboardRecord } from './dashboard-record.ts';
import { outcomeMetric } from './k6-metrics.ts';
import type { LoadRecord, MeasuredRun } from './measured.ts';
import { addOutcomes, countRequests, OBSERVED_OUTCOMES, type OutcomeCounts } from './outcome.ts';
import type { Timeline, TimelinePoint } from './timeline.ts';

/** The tag by which k6's dashboard tells `ok` replies from others. */
export const TIMELINE_TAG = 'expected_response';

/** What the record does not say of its run, and the summary does. */
export interface TimelineFacts extends Pick<MeasuredRun, 'loadStartedAt' | 'totals' | 'atRest'> {
  readonly load?: Pick<LoadRecord, 'warmUpSeconds'>;
}

/** A run over time, as far as it is known. */
export interface ParsedTimeline {
  readonly timeline?: Timeline;
  /** Why there is no timeline, or what it lacks: one sentence. */
  readonly note?: string;
}

/** Reads the record of k6's web dashboard. Whatever is wrong with it becomes a note. */
export function parseTimeline(ndjson: string, facts: TimelineFacts): ParsedTimeline {
  if (ndjson.trim() === '') return without('k6 left an empty record');
  if (facts.loadStartedAt === undefined) return without('the load never began');
  const record = readDashboardRecord(ndjson);
  if (record === undefined) return without("k6's record cannot be read");
  if (!tellsOkReplies(record)) return without(`k6's record does not tell ok replies from others (tag ${TIMELINE_TAG})`);
  const loadStartedAtMs = Date.parse(facts.loadStartedAt);
  if (facts.load?.warmUpSeconds !== undefined && !isWhole(record))
    return without("k6's record was cut off, and does not tell the warm-up from the load");
  const atRest = okRepliesAtRest(record, facts);
  if (atRest < 0) return without("k6's record counts other requests than its summary");

  const tallies = withoutRequestsAtRest(talliesOf(record), atRest);
  const load = joinShortEnds(sinceLoadStart(tallies, loadStartedAtMs), record.periodMs);
  const points = withWhatNobodyObserved(besideItsReply(load), record, facts).map((tally) =>
    pointOf(tally, loadStartedAtMs),
  );
  const counted = sum(points.map(({ requests }) => requests));
  if (counted > facts.totals.requests) return without("k6's record counts other requests than its summary");
  if (points.length < 2) return without(whyTooShort(record, loadStartedAtMs));
  const note = whatIsMissing(record, points, counted, facts.totals.requests);
  return { timeline: { periodSeconds: record.periodMs / 1000, points }, ...present({ note }) };
}

function without(reason: string): ParsedTimeline {
  return { note: `No requests over time: ${reason}.` };
}

function isWhole({ endedAtMs, total }: DashboardRecord): boolean {
  return endedAtMs !== undefined && total !== undefined;
}

function whyTooShort({ periodMs, endedAtMs }: DashboardRecord, loadStartedAtMs: number): string {
  const every = `k6 recorded every ${formatDuration(periodMs / 1000)}`;
  if (endedAtMs === undefined) return `${every}, and its record was cut off before two periods of the load were over`;
  return `${every}, and the load lasted ${formatDuration(Math.max(0, endedAtMs - loadStartedAtMs) / 1000)}`;
}

function whatIsMissing(
  { endedAtMs }: DashboardRecord,
  points: readonly TimelinePoint[],
  counted: number,
  requests: number,
): string | undefined {
  const share = `${formatCount(counted)} of ${formatCount(requests)} requests`;
  if (endedAtMs === undefined) {
    const end = formatDuration(points.at(-1)?.atSeconds ?? 0);
    return `The requests over time end ${end} into the load, with ${share}: k6's record was cut off there.`;
  }
  return counted === requests ? undefined : `The requests over time are ${share}: k6 recorded no more of them.`;
}

/** Counts of one stretch of time. */
interface Tally {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Replies with an expected status, wrong content included. */
  readonly okReplies: number;
  /** What our own counters saw. */
  readonly observed: OutcomeCounts;
  readonly okMs?: TimelinePoint['okMs'];
  readonly activeUsers?: number;
}

const OK_REPLIES = `http_reqs{${TIMELINE_TAG}:true}`;
const OK_DURATION = `http_req_duration{${TIMELINE_TAG}:true}`;

function tellsOkReplies({ total, periods }: DashboardRecord): boolean {
  const look = total ?? periods.at(-1);
  const count = (metric: string) => look?.value(metric, 'count') ?? 0;
  return count('http_reqs') === count(OK_REPLIES) + count(`http_reqs{${TIMELINE_TAG}:false}`);
}

/** A tally for each period, and one for the unfinished period at the end, of which k6 leaves no look of its own. */
function talliesOf({ startedAtMs, endedAtMs, periods, total }: DashboardRecord): Tally[] {
  const whole = periods.map((look, i) => tallyOf(look, periods[i - 1]?.atMs ?? startedAtMs));
  if (endedAtMs === undefined || total === undefined) return whole;
  const all = tallyOf(total, startedAtMs);
  const rest = {
    startedAtMs: periods.at(-1)?.atMs ?? startedAtMs,
    endedAtMs,
    okReplies: all.okReplies - sum(whole.map(({ okReplies }) => okReplies)),
    observed: subtractOutcomes(all.observed, addOutcomes(whole.map(({ observed }) => observed))),
  };
  return [...whole, rest];
}

function tallyOf({ atMs, value }: DashboardLook, startedAtMs: number): Tally {
  const counted = OBSERVED_OUTCOMES.map((outcome) => [outcome, value(outcomeMetric(outcome), 'count') ?? 0] as const);
  const [p50, p95, p99] = ['med', 'p(95)', 'p(99)'].map((aggregate) => value(OK_DURATION, aggregate));
  const activeUsers = value('vus', 'value');
  return {
    startedAtMs,
    endedAtMs: atMs,
    okReplies: value(OK_REPLIES, 'count') ?? 0,
    observed: Object.fromEntries(counted.filter(([, count]) => count > 0)),
    ...present({
      okMs: p50 === undefined || p95 === undefined || p99 === undefined ? undefined : { p50, p95, p99 },
      activeUsers,
    }),
  };
}

function subtractOutcomes(from: OutcomeCounts, counts: OutcomeCounts): OutcomeCounts {
  return addOutcomes([
    Object.fromEntries(OBSERVED_OUTCOMES.map((outcome) => [outcome, (from[outcome] ?? 0) - (counts[outcome] ?? 0)])),
  ]);
}

/**
 * How many of k6's `ok` replies came at rest or in a warm-up; the others of those requests our counters do not count. A record
 * that was cut off does not say: then as many as there can have been, so that none of them is taken for load.
 */
function okRepliesAtRest({ endedAtMs, total }: DashboardRecord, { totals, atRest }: TimelineFacts): number {
  if (endedAtMs !== undefined && total !== undefined)
    return (total.value(OK_REPLIES, 'count') ?? 0) - (totals.outcomes.ok ?? 0) - (totals.outcomes.check_failed ?? 0);
  return atRest.reduce(
    (sum, { sent, requests, outcomes }) => sum + sent - requests + (outcomes.ok ?? 0) + (outcomes.check_failed ?? 0),
    0,
  );
}

/** k6 hands samples on in their order: those of the requests at rest are the first. */
function withoutRequestsAtRest(tallies: readonly Tally[], okReplies: number): Tally[] {
  let left = okReplies;
  return tallies.map((tally) => {
    const atRest = Math.min(left, tally.okReplies);
    left -= atRest;
    if (atRest === 0) return tally;
    const { okMs: _, ...mixed } = tally;
    return { ...mixed, okReplies: tally.okReplies - atRest };
  });
}

function sinceLoadStart(tallies: readonly Tally[], loadStartedAtMs: number): Tally[] {
  const load = tallies.filter(({ endedAtMs }) => endedAtMs > loadStartedAtMs);
  const [first, ...others] = load;
  if (first === undefined || first.startedAtMs >= loadStartedAtMs) return load;
  const { activeUsers, ...counts } = first;
  // k6 looks once a second: here it may have looked before there was a user.
  const users = activeUsers === undefined || activeUsers === 0 ? {} : { activeUsers };
  return [{ ...counts, ...users, startedAtMs: loadStartedAtMs }, ...others];
}

/** The rate of a moment says nothing: a first or last stretch below half a period is counted with its neighbour. */
function joinShortEnds(tallies: readonly Tally[], periodMs: number): Tally[] {
  const joined = [...tallies];
  const isShort = ({ startedAtMs, endedAtMs }: Tally) => endedAtMs - startedAtMs < periodMs / 2;
  const [first, second] = joined;
  if (first !== undefined && second !== undefined && isShort(first)) joined.splice(0, 2, join(first, second, second));
  const [last, previous] = [joined.at(-1), joined.at(-2)];
  if (last !== undefined && previous !== undefined && isShort(last))
    joined.splice(-2, 2, join(previous, last, previous));
  return joined;
}

/** Percentiles cannot be joined: they are those of the whole period. */
function join(earlier: Tally, later: Tally, whole: Tally): Tally {
  return {
    ...whole,
    startedAtMs: earlier.startedAtMs,
    endedAtMs: later.endedAtMs,
    okReplies: earlier.okReplies + later.okReplies,
    observed: addOutcomes([earlier.observed, later.observed]),
  };
}

/** A reply and the finding that its content is wrong are two samples: a period can end between them. */
function besideItsReply(tallies: readonly Tally[]): Tally[] {
  let ofEarlierReplies = 0;
  return tallies
    .toReversed()
    .map((tally) => {
      const wrong = (tally.observed.check_failed ?? 0) + ofEarlierReplies;
      const here = Math.min(wrong, tally.okReplies);
      ofEarlierReplies = wrong - here;
      return { ...tally, observed: { ...tally.observed, check_failed: here } };
    })
    .reverse();
}

/** Only the end of a run can cut a script off between a reply and its outcome. */
function withWhatNobodyObserved(
  tallies: readonly Tally[],
  { endedAtMs }: DashboardRecord,
  facts: TimelineFacts,
): Tally[] {
  const { unclassified } = facts.totals.outcomes;
  const last = tallies.at(-1);
  if (unclassified === undefined || endedAtMs === undefined || last === undefined) return [...tallies];
  return [...tallies.slice(0, -1), { ...last, observed: { ...last.observed, unclassified } }];
}

function pointOf(
  { startedAtMs, endedAtMs, okReplies, observed, okMs, activeUsers }: Tally,
  loadStartedAtMs: number,
): TimelinePoint {
  const outcomes = addOutcomes([observed, { ok: okReplies - (observed.check_failed ?? 0) }]);
  const requests = countRequests(outcomes);
  return {
    atSeconds: (endedAtMs - loadStartedAtMs) / 1000,
    requests,
    outcomes,
    requestsPerSecond: (requests * 1000) / (endedAtMs - startedAtMs),
    // k6 tells replies by their status alone: those of wrong content would be in the percentiles as well.
    ...present({ okMs: (observed.check_failed ?? 0) > 0 ? undefined : okMs, activeUsers }),
  };
}
