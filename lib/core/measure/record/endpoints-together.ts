import { present } from '../../spec/present.ts';
import type { EndpointsOverTime } from '../endpoints-over-time.ts';
import { addOutcomes, countRequests } from '../outcome.ts';
import { byRow, inColumns, type LoadedEndpoints } from './endpoints-of-record.ts';
import { percentilesOf, type RawTally, rawTallyOf, type Stretch, stretchesOf, usualLengthMs } from './over-time.ts';
import type { RunRecord } from './read-record.ts';
import type { Slot } from './slots.ts';
import { mergeTrends } from './trend.ts';

/** The shortest period that the record has. */
const SHORTEST_MS = 1000;
const MOST_PERIODS = 120;

const NOTHING: RawTally = { outcomes: {}, ok: mergeTrends([]), activeUsers: undefined };

/**
 * The endpoints of several k6 processes over time, whether those ran beside each other or one after another: what each
 * counted goes by the clock into periods that all have in common. The processes did not begin theirs in one moment, so
 * that a request can be half a period beside its own.
 */
export class EndpointsTogether {
  private widthMs = SHORTEST_MS;
  /** By endpoint and period; periods are numbered from the epoch on. */
  private tallies = new Map<string, Map<number, RawTally>>();

  /** Takes one process. @param record read with WATCHES */
  add(
    { rowsOverTime }: Pick<RunRecord, 'rowsOverTime'>,
    { loadStartedAt, load: { windowSeconds = 0 } }: Omit<LoadedEndpoints, 'endpoints'>,
    checksContent: boolean,
  ): void {
    if (loadStartedAt === undefined) return;
    const fromMs = Date.parse(loadStartedAt);
    const toMs = fromMs + windowSeconds * 1000;
    this.widen(usualLengthMs(rowsOverTime.slots));
    for (const [id, lanes] of byRow(rowsOverTime.lanes)) {
      if (id === undefined) continue;
      for (const [slot, span] of rowsOverTime.slots.entries()) {
        const tally = rawTallyOf(lanes, { slots: [slot] }, checksContent);
        if (countRequests(tally.outcomes) > 0)
          this.count(id, Math.floor(middleOf(span, fromMs, toMs) / this.widthMs), tally);
      }
    }
    while (this.length() > MOST_PERIODS) this.widen(2 * this.widthMs);
  }

  /**
   * @param run all processes together
   * @returns undefined where the load never began, or was over within a period
   */
  together({ loadStartedAt, load: { windowSeconds = 0 }, endpoints }: LoadedEndpoints): EndpointsOverTime | undefined {
    if (loadStartedAt === undefined) return undefined;
    const startedAtMs = Date.parse(loadStartedAt);
    const first = Math.floor(startedAtMs / this.widthMs);
    const endedAtMs = startedAtMs + windowSeconds * 1000;
    const slots = Array.from({ length: Math.floor(endedAtMs / this.widthMs) - first + 1 }, (_, i) => ({
      fromMs: (first + i) * this.widthMs,
      toMs: (first + i + 1) * this.widthMs,
    }));
    const stretches = stretchesOf({ slots }, startedAtMs, endedAtMs);
    if (stretches.length < 2) return undefined;
    return {
      atSeconds: stretches.map(({ toMs }) => (toMs - startedAtMs) / 1000),
      endpoints: endpoints.map(({ id }) => {
        const own = this.tallies.get(id) ?? new Map<number, RawTally>();
        const at = ({ slots: indices }: Stretch) =>
          indices.map((i) => own.get(first + i) ?? NOTHING).reduce(addTallies);
        return { id, ...inColumns(stretches.map(at).map(toldTally)) };
      }),
    };
  }

  private count(id: string, period: number, tally: RawTally): void {
    const own = this.tallies.get(id) ?? new Map<number, RawTally>();
    const before = own.get(period);
    own.set(period, before === undefined ? tally : addTallies(before, tally));
    this.tallies.set(id, own);
  }

  /** How many periods there are from the first to the last. */
  private length(): number {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const own of this.tallies.values()) {
      for (const period of own.keys()) {
        first = Math.min(first, period);
        last = Math.max(last, period);
      }
    }
    return last - first + 1;
  }

  /** Takes neighbours together until a period is about as long as wanted. */
  private widen(wantedMs: number): void {
    // Periods of a record are not to the millisecond as long as they should be.
    const times = 2 ** Math.max(0, Math.round(Math.log2(wantedMs / this.widthMs)));
    if (!(times > 1)) return;
    this.widthMs *= times;
    const before = this.tallies;
    this.tallies = new Map();
    for (const [id, own] of before)
      for (const [period, tally] of own) this.count(id, Math.floor(period / times), tally);
  }
}

/** The middle of what of a slot is in the load: none of it may come out before or after. */
function middleOf(slot: Slot, fromMs: number, toMs: number): number {
  const within = (ms: number) => Math.min(Math.max(ms, fromMs), toMs);
  return (within(slot.fromMs) + within(slot.toMs)) / 2;
}

function addTallies(a: RawTally, b: RawTally): RawTally {
  return { outcomes: addOutcomes([a.outcomes, b.outcomes]), ok: mergeTrends([a.ok, b.ok]), activeUsers: undefined };
}

function toldTally({ outcomes, ok }: RawTally) {
  return {
    requests: countRequests(outcomes),
    outcomes,
    ...present({ okMs: ok.count > 0 ? percentilesOf(ok) : undefined }),
  };
}
