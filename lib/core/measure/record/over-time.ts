import { present } from '../../spec/present.ts';
import { OWN_METRICS, outcomeMetric, REQUESTS } from '../k6-metrics.ts';
import { addOutcomes, countRequests, type Outcome, type OutcomeCounts } from '../outcome.ts';
import type { TimelinePoint } from '../timeline.ts';
import type { Course, CourseLane, Watch, Watches } from './course.ts';
import { endpointOf, isExpected, outcomeOfCell } from './request-cells.ts';
import { mergeTrends, type RecordedTrend } from './trend.ts';
import { quantilesOf } from './trend-quantiles.ts';

const WRONG_CONTENT = outcomeMetric('check_failed');

/** What is ok and no check has looked at, though contents are checked: no endpoint has sent it. */
const OK_UNCHECKED = 'ok, unchecked';

/** The watch of users is the same for all. */
export const USERS: Watch = { matches: ({ metric }) => metric === 'vus' };

/** What of the record of a scenario is kept over time. */
export const WATCHES = {
  requests: {
    matches: ({ metric, tags }) => metric === REQUESTS && tags.phase === 'load',
    cellOf: ({ tags }) => (!isExpected(tags) ? outcomeOfCell(tags) : tags.endpoint === undefined ? OK_UNCHECKED : 'ok'),
    rowOf: ({ tags }) => endpointOf(tags),
    keepsHistogram: ({ tags }) => isExpected(tags),
  },
  // Where contents are checked, the script says what is ok and what is not.
  checked: {
    matches: ({ metric }) => metric === OWN_METRICS.okDuration || metric === WRONG_CONTENT,
    rowOf: ({ tags }) => tags.endpoint,
    keepsHistogram: () => true,
  },
  users: USERS,
} satisfies Watches;

/** A stretch of time that is told as one: one slot of the course, or neighbours. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly slots: readonly number[];
  /** Of the last one, the slots after the load: k6 hands a sample on a moment after it was made. */
  readonly lateSlots?: readonly number[];
}

/** What was counted in a stretch of time. */
export type Tally = Pick<TimelinePoint, 'requests' | 'outcomes' | 'okMs' | 'activeUsers'>;

/** The same, before percentiles are read off: such counts of several k6 processes can be added. */
export interface RawTally {
  readonly outcomes: OutcomeCounts;
  readonly ok: RecordedTrend;
  readonly activeUsers: number | undefined;
}

/** @param lanes of all rows, or of one */
export function tallyOf(lanes: readonly CourseLane[], stretch: Stretch, checksContent: boolean): Tally {
  const { outcomes, ok, activeUsers } = rawTallyOf(lanes, stretch, checksContent);
  const okMs = ok.count > 0 ? percentilesOf(ok) : undefined;
  return { requests: countRequests(outcomes), outcomes, ...present({ okMs, activeUsers }) };
}

/** @param slots of the course that the lanes are of; nobody is active in late ones */
export function rawTallyOf(
  lanes: readonly CourseLane[],
  { slots, lateSlots = [] }: Pick<Stretch, 'slots' | 'lateSlots'>,
  checksContent: boolean,
): RawTally {
  const outcomes: OutcomeCounts[] = [];
  const ok: RecordedTrend[] = [];
  let activeUsers: number | undefined;
  for (const lane of lanes) {
    for (const slot of lane.kind === 'gauge' ? slots : [...slots, ...lateSlots]) {
      const figures = lane.at(slot);
      if (figures === undefined) continue;
      if ('last' in figures) activeUsers = figures.last;
      else if (lane.metric === WRONG_CONTENT && 'sum' in figures) outcomes.push({ check_failed: figures.sum });
      else if (isTrend(figures)) {
        if (lane.metric === OWN_METRICS.okDuration || lane.cell === OK_UNCHECKED || !checksContent) ok.push(figures);
      } else if ('count' in figures) outcomes.push({ [lane.cell as Outcome]: figures.count });
    }
  }
  const all = mergeTrends(ok);
  return { outcomes: addOutcomes([...outcomes, { ok: all.count }]), ok: all, activeUsers };
}

function isTrend(figures: object): figures is RecordedTrend {
  return 'histogram' in figures;
}

/** @param trend with samples */
export function percentilesOf(trend: RecordedTrend): NonNullable<TimelinePoint['okMs']> {
  const [p50 = Number.NaN, p95 = Number.NaN, p99 = Number.NaN] = quantilesOf(trend, [0.5, 0.95, 0.99]);
  return { p50, p95, p99 };
}

/** The slots of the load, each a stretch; a first or last one that is shorter than half a period goes with its neighbour. */
export function stretchesOf({ slots }: Pick<Course, 'slots'>, loadStartedAtMs: number, endedAtMs: number): Stretch[] {
  const load = slots
    .map((span, slot) => ({ ...span, slots: [slot] }))
    .filter(({ fromMs, toMs }) => toMs > loadStartedAtMs && fromMs <= endedAtMs)
    .map((each) => ({
      ...each,
      fromMs: Math.max(each.fromMs, loadStartedAtMs),
      toMs: Math.min(each.toMs, endedAtMs),
    }));
  const periodMs = usualLengthMs(load);
  const isShort = ({ fromMs, toMs }: Stretch) => toMs - fromMs < periodMs / 2;
  const joined: Stretch[] = [...load];
  const [first, second] = joined;
  if (first !== undefined && second !== undefined && isShort(first)) joined.splice(0, 2, join(first, second));
  const [last, previous] = [joined.at(-1), joined.at(-2)];
  if (last !== undefined && previous !== undefined && isShort(last)) joined.splice(-2, 2, join(previous, last));
  return withLateSlots(joined, slots.length);
}

function withLateSlots(stretches: readonly Stretch[], slotCount: number): Stretch[] {
  const last = stretches.at(-1);
  const next = (last?.slots.at(-1) ?? slotCount) + 1;
  if (last === undefined || next >= slotCount) return [...stretches];
  const lateSlots = Array.from({ length: slotCount - next }, (_, i) => next + i);
  return [...stretches.slice(0, -1), { ...last, lateSlots }];
}

/** Periods get longer in the course of a run: the longest is that of the most time. */
export function usualLengthMs(stretches: readonly Pick<Stretch, 'fromMs' | 'toMs'>[]): number {
  const lengths = stretches.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

function join(earlier: Stretch, later: Stretch): Stretch {
  return { fromMs: earlier.fromMs, toMs: later.toMs, slots: [...earlier.slots, ...later.slots] };
}
