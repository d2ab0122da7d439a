import type { EndpointsOverTime } from '../measure/endpoints-over-time.ts';
import type { Cause, LoadRecord, Measured } from '../measure/measured.ts';
import type { Latency } from '../measure/quantile-ladder.ts';
import { EndpointsTogether } from '../measure/record/endpoints-together.ts';
import {
  bracketedLatency,
  durationOfJourneys,
  latenciesOfRecord,
  type RecordedLatencies,
} from '../measure/record/latencies-of-record.ts';
import { mergeRecords } from '../measure/record/merge-records.ts';
import type { RecordTotals, RunRecord } from '../measure/record/read-record.ts';
import { customOfRecord } from './custom-of-record.ts';
import type { MeasuredTest } from './measurement.ts';
import { causesByEndpoint, runIdOfRecord, testOfRecord } from './measurement-of-record.ts';
import type { CustomFigures, RunSummary } from './run-summary.ts';

/** A run that several k6 processes sent, by the records of all of them. */
export interface RecordedWhole {
  readonly totals: Measured['latencyMs'];
  readonly endpoints: ReadonlyMap<string, RecordedEndpoint>;
  /** How long the completed journeys took, by their names. */
  readonly journeys: ReadonlyMap<string, Latency>;
  readonly custom: CustomFigures | undefined;
  readonly overTime: (whole: {
    readonly loadStartedAt?: string;
    readonly load: LoadRecord;
    readonly endpoints: RunSummary['endpoints'];
  }) => EndpointsOverTime | undefined;
}

export interface RecordedEndpoint {
  readonly latencyMs: Measured['latencyMs'];
  readonly causes: readonly Cause[] | undefined;
}

/** k6 measures in nanoseconds, and a summary rounds to them. */
const ROUNDING_MS = 1e-5;

/**
 * Whether a record is that of the process with this summary: by its run, by how many requests of each endpoint it has,
 * and by their average, which tells the processes of a run from each other.
 */
export function isRecordOf({ runId, totals, endpoints }: RunSummary, record: RunRecord): boolean {
  if (runIdOfRecord(record) !== runId) return false;
  const recorded = latenciesOfRecord(record, testOfRecord(record));
  const areAsMany = ({ latencyMs }: Pick<Measured, 'latencyMs'>, own: RecordedLatencies | undefined) =>
    own?.all.count === latencyMs.all.count && own.ok.count === latencyMs.ok.count;
  const { count, sum } = recorded.totals.all;
  return (
    !(Math.abs(sum / count - (totals.latencyMs.all.avg ?? 0)) > ROUNDING_MS) &&
    areAsMany(totals, recorded.totals) &&
    endpoints.every((each) => areAsMany(each, recorded.endpoints.get(each.id)))
  );
}

/** Takes the records of the processes of one run together, one by one: of each it keeps histograms and counts alone. */
export class RecordsTogether {
  private readonly overTime = new EndpointsTogether();
  private totals: RecordTotals | undefined;
  private test: MeasuredTest | undefined;
  private lacksOne = false;

  /** @param record of the process with this summary, read with WATCHES; undefined where there is none */
  add(summary: RunSummary, record: RunRecord | undefined): void {
    if (record === undefined || !isRecordOf(summary, record)) this.lacksOne = true;
    if (record === undefined || this.lacksOne) return;
    this.test ??= testOfRecord(record);
    // What a script noted sample by sample is in the answers of the parts.
    const own = { ...mergeRecords([record]), samples: [] };
    this.totals = this.totals === undefined ? own : mergeRecords([this.totals, own]);
    this.overTime.add(record, summary, this.test.checksContent ?? false);
  }

  /** @returns undefined where a process has no record: what is known of the others alone is not the run */
  whole(): RecordedWhole | undefined {
    const { totals, test, overTime } = this;
    if (this.lacksOne || totals === undefined || test === undefined) return undefined;
    const latencies = latenciesOfRecord(totals, test);
    const causes = causesByEndpoint(totals, test);
    return {
      totals: bracketed(latencies.totals),
      endpoints: new Map(
        [...latencies.endpoints].map(([id, own]) => [id, { latencyMs: bracketed(own), causes: causes?.[id] }]),
      ),
      journeys: new Map(
        (test.journeys ?? []).map(({ name }) => [name, bracketedLatency(durationOfJourneys(totals, name))]),
      ),
      custom: customOfRecord(totals, test),
      overTime: (whole) => overTime.together(whole),
    };
  }
}

function bracketed({ all, ok }: RecordedLatencies): Measured['latencyMs'] {
  return { all: bracketedLatency(all), ok: bracketedLatency(ok) };
}
