import { present } from '../spec/present.ts';
/** What k6's dashboard saw at one moment: over the period before it, or since the run began. */
export interface DashboardLook {
  readonly atMs: number;
  /** Undefined where nothing was measured. */
  readonly value: (metric: string, aggregate: string) => number | undefined;
}

/** The record of one run by k6's web dashboard (K6_WEB_DASHBOARD_RECORD), as far as it goes. */
export interface DashboardRecord {
  readonly periodMs: number;
  readonly startedAtMs: number;
  /** Absent when the record was cut off before the run's end. */
  readonly endedAtMs?: number;
  /** One for each whole period: k6 leaves the last, unfinished one out. */
  readonly periods: readonly DashboardLook[];
  /** Everything since the run began; of a whole record it lacks nothing. */
  readonly total?: DashboardLook;
}

/** @returns undefined for what is no such record, or one that breaks off before the run began */
export function readDashboardRecord(ndjson: string): DashboardRecord | undefined {
  const reader = new Reader();
  for (const line of ndjson.split('\n')) {
    // What follows a broken line cannot be told: it may have named a metric, which moves the series of all others.
    if (line !== '' && !reader.accept(line)) break;
  }
  return reader.record();
}

type Series = readonly (readonly unknown[])[];
type Aggregates = Readonly<Record<string, readonly string[] | undefined>>;

/** A line as k6 2.2 writes it; nothing of it is certain. */
type DashboardEvent =
  | { readonly event: 'param'; readonly data: { readonly period: unknown; readonly aggregates: Aggregates } }
  | { readonly event: 'metric'; readonly data: Readonly<Record<string, { readonly type: string }>> }
  | { readonly event: 'start' | 'stop' | 'cumulative' | 'snapshot'; readonly data: Series }
  | { readonly event: 'threshold' };

class Reader {
  private readonly periods: DashboardLook[] = [];
  private readonly types = new Map<string, string>();
  private positions: ReadonlyMap<string, number> = new Map();
  private aggregates: Aggregates = {};
  private periodMs: number | undefined;
  private startedAtMs: number | undefined;
  private endedAtMs: number | undefined;
  private total: DashboardLook | undefined;

  /** @returns whether the line could be understood */
  accept(line: string): boolean {
    try {
      return this.take(JSON.parse(line) as DashboardEvent);
    } catch {
      return false;
    }
  }

  record(): DashboardRecord | undefined {
    const { periodMs, startedAtMs, endedAtMs, periods, total } = this;
    if (periodMs === undefined || startedAtMs === undefined) return undefined;
    return {
      periodMs,
      startedAtMs,
      periods,
      ...present({ endedAtMs, total }),
    };
  }

  private take(event: DashboardEvent): boolean {
    switch (event.event) {
      case 'param':
        this.periodMs = finite(event.data.period);
        this.aggregates = event.data.aggregates;
        return this.periodMs !== undefined;
      case 'metric':
        for (const [name, { type }] of Object.entries(event.data)) this.types.set(name, type);
        // The values of a look come without names, in the order of all names so far, sorted by their bytes.
        this.positions = new Map([...this.types.keys()].sort().map((name, i) => [name, i]));
        return true;
      case 'start':
        this.startedAtMs = this.look(event.data)?.atMs;
        return this.startedAtMs !== undefined;
      case 'stop':
        this.endedAtMs = finite(event.data[0]?.[0]);
        return this.endedAtMs !== undefined;
      case 'cumulative': {
        const look = this.look(event.data);
        if (look !== undefined) this.total = look;
        return look !== undefined;
      }
      case 'snapshot': {
        const look = this.look(event.data);
        if (look !== undefined) this.periods.push(look);
        return look !== undefined;
      }
      default:
        return true;
    }
  }

  private look(series: Series): DashboardLook | undefined {
    const { positions, types, aggregates } = this;
    if (series.length !== positions.size) return undefined;
    const value = (metric: string, aggregate: string): number | undefined => {
      const values = series[positions.get(metric) ?? -1];
      return finite(values?.[aggregates[types.get(metric) ?? '']?.indexOf(aggregate) ?? -1]);
    };
    const atMs = value('time', 'value');
    return atMs === undefined ? undefined : { atMs, value };
  }
}

function finite(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
