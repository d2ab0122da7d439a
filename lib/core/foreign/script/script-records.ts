import { type ScriptFacts, scriptFactsIn } from '../../judge/script/script-facts.ts';
import { mergeRecords } from '../../measure/record/merge-records.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { JudgedThreshold } from '../../measure/record/record-format.ts';
import { UserError } from '../../spec/errors.ts';
import { judgedByRecord } from './judged-by-record.ts';
import { measuredOf, requestsOfLoad } from './rows.ts';
import type { ScriptSummary } from './script-run.ts';
import { selectedSeries } from './selected-series.ts';

/** What the processes of one run recorded together, and what is known of their script. */
export interface RecordedScript {
  readonly record: RecordTotals;
  readonly facts: ScriptFacts;
}

/** Takes the records of the processes of one run together, one by one. */
export class ScriptRecords {
  private whole: RecordedScript | undefined;
  private readonly unrecorded: number[] = [];
  private readonly judgedOtherwise: number[] = [];

  add(summary: ScriptSummary, record: RecordTotals | undefined): void {
    const facts = record === undefined ? undefined : scriptFactsIn(record);
    const { instance = 1 } = summary;
    if (record === undefined || facts === undefined || !isRecordOf(summary, record, facts)) {
      this.unrecorded.push(instance);
      return;
    }
    const { executionSegment: _, ...options } = record.options;
    const own = { record: mergeRecords([{ ...record, options }]), facts };
    if (this.whole !== undefined && limitsOf(this.whole) !== limitsOf(own)) this.judgedOtherwise.push(instance);
    this.whole = this.whole === undefined ? own : together(this.whole, own);
  }

  /** @throws UserError where a process has no record, or was to be judged by other limits than the first one */
  together(runId: string): RecordedScript {
    const { whole, unrecorded, judgedOtherwise } = this;
    if (whole === undefined || unrecorded.length > 0) throw withoutRecord(runId, unrecorded);
    if (judgedOtherwise.length > 0) throw withOtherLimits(runId, judgedOtherwise);
    return { ...whole, record: { ...whole.record, judged: judgedTogether(whole.record) } };
  }
}

const ROUNDING_MS = 1e-5;

/** By its run, by how many requests it has, and by their average, which tells the processes of a run from each other. */
function isRecordOf({ runId, totals }: ScriptSummary, record: RecordTotals, facts: ScriptFacts): boolean {
  if (facts.runId !== runId) return false;
  const { requests, latencyMs } = measuredOf(requestsOfLoad(record));
  const apart = Math.abs((latencyMs.all.avg ?? 0) - (totals.latencyMs.all.avg ?? 0));
  return requests === totals.requests && apart <= ROUNDING_MS;
}

/** Variables can decide over limits, and each machine has a project of its own. */
function limitsOf({ record: { thresholds }, facts: { budgets = {} } }: RecordedScript): string {
  return JSON.stringify([thresholds, budgets]);
}

/** What one process may load and another may not, the run may not; where one had no engine, the run had none. */
function together(some: RecordedScript, other: RecordedScript): RecordedScript {
  const allowedHosts = some.facts.allowedHosts.filter((host) => other.facts.allowedHosts.includes(host));
  const isEngineOff = some.facts.isEngineOff ?? other.facts.isEngineOff;
  return {
    record: mergeRecords([some.record, other.record]),
    facts: { ...some.facts, allowedHosts, ...(isEngineOff ? { isEngineOff } : {}) },
  };
}

/** A gauge has a last value in each process and none together: it holds where it does for each k6. */
function judgedTogether(record: RecordTotals): JudgedThreshold[] {
  return judgedByRecord(record).map((found, i) => {
    const [series] = selectedSeries(record.series, found.metric);
    return series?.kind === 'gauge' ? (record.judged?.[i] ?? found) : found;
  });
}

function withoutRecord(runId: string, instances: readonly number[]): UserError {
  return new UserError({
    what: `${runId} cannot be merged: only the records of all its processes tell the percentiles of a script.`,
    received: `no record beside the summary of instance ${instances.join(', ')}, or that of another process`,
    expected: 'the run folders as k6-verdict left them, with record.ndjson.gz',
    todo: 'copy the folders whole',
  });
}

function withOtherLimits(runId: string, instances: readonly number[]): UserError {
  return new UserError({
    what: `The processes of ${runId} are not to be judged by the same limits.`,
    received: `other thresholds or budgets for instance ${instances.join(', ')}`,
    expected: 'the same thresholds, which variables can change, and the same budgets in each project',
  });
}
