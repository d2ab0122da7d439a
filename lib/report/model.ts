import { describeShape, type LoadModel } from '../core/load-shape.ts';
import {
  addOutcomes,
  countRequests,
  OUTCOME_LABELS,
  OUTCOMES,
  type Outcome,
  type OutcomeCounts,
} from '../core/outcome.ts';
import type { Latency } from '../core/quantile-ladder.ts';
import type { AtRest, EndpointSummary, RunSummary } from '../core/run-summary.ts';
import { type JudgedThreshold, METRICS, marginOf } from '../core/threshold.ts';
import { formatDuration } from '../core/units.ts';
import type { Verdict } from '../core/verdict.ts';
import { notesOf } from './notes.ts';

export const REPORT_SCHEMA_VERSION = 1;

/** Everything a report says, computed once: renderers only format. Shares are 0-1, latencies milliseconds. */
export interface Report {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly header: ReportHeader;
  readonly verdict: Verdict;
  /** The verdict as one sentence. */
  readonly headline: string;
  readonly reasons: readonly string[];
  /** What a reader must know to read the figures right. */
  readonly notes: readonly string[];
  readonly totals: ReportFigures & { readonly requestsPerSecond: number };
  readonly endpoints: readonly EndpointRow[];
  readonly thresholds: readonly ThresholdRow[];
}

export interface ReportHeader {
  readonly testId: string;
  readonly runId: string;
  readonly scenario: string;
  readonly purpose: string;
  readonly plan: string;
  readonly model: LoadModel;
  /** One line per stream of load. */
  readonly load: readonly string[];
  readonly target: string;
  readonly targetKind: RunSummary['targetKind'];
  readonly release?: string;
  readonly commit?: string;
  readonly startedAt: string;
  readonly durationSeconds: number;
  readonly loadSeconds: number;
  readonly toolVersion: string;
  readonly k6Version: string;
  readonly k6ExitCode?: number;
  readonly host: RunSummary['host'];
}

export interface OutcomeRow {
  readonly outcome: Outcome;
  readonly label: string;
  readonly count: number;
  readonly share: number;
}

/** Figures of one set of requests. */
export interface ReportFigures {
  readonly requests: number;
  readonly outcomes: readonly OutcomeRow[];
  readonly all: LatencyFigures;
  readonly ok: LatencyFigures;
}

export type LatencyFigures = Omit<Latency, 'ladder'>;

export interface EndpointRow extends ReportFigures {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly category: string;
  readonly rateLimit?: EndpointSummary['rateLimit'];
  /** Absent when the endpoint was not met at rest. */
  readonly atRest?: {
    readonly requests: number;
    readonly outcomes: readonly OutcomeRow[];
    readonly medianOkMs?: number;
  };
}

export interface ThresholdRow extends JudgedThreshold {
  readonly title: string;
  /** Distance from the limit as a share of it, negative beyond it; absent for counts and where nothing was measured. */
  readonly margin?: number;
}

/** Makes the report of one run. */
export function buildReport(summary: RunSummary): Report {
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    header: headerOf(summary),
    verdict: summary.verdict,
    headline: headlineOf(summary),
    reasons: summary.reasons,
    notes: notesOf(summary),
    totals: { ...figuresOf(summary.totals), requestsPerSecond: summary.load.requestsPerSecond },
    endpoints: summary.endpoints.map((endpoint) => endpointRow(endpoint, summary.atRest)),
    thresholds: summary.thresholds.map(thresholdRow),
  };
}

const HEADLINES: Readonly<Record<Verdict, string>> = {
  pass: 'PASS: the planned load was delivered and every threshold holds.',
  fail: 'FAIL: the service did not meet its thresholds under this load.',
  no_data: 'NO DATA: something that must be judged was not measured.',
  invalid_load:
    'INVALID LOAD: the generator did not deliver the planned load, so the figures say nothing about the service.',
  incomplete: 'INCOMPLETE: the run was cut short, so it cannot be judged.',
};

/** k6's exit code for exec.test.fail(). */
const MARKED_AS_FAILED = 110;

function headlineOf({ verdict, thresholds, load, k6ExitCode }: RunSummary): string {
  const hasCrossed = thresholds.some((threshold) => threshold.verdict === 'fail');
  const isOfTheScript =
    verdict === 'fail' && !hasCrossed && (load.iterations.failed > 0 || k6ExitCode === MARKED_AS_FAILED);
  return isOfTheScript ? 'FAIL: the script itself failed, whatever the thresholds say.' : HEADLINES[verdict];
}

function headerOf(summary: RunSummary): ReportHeader {
  const {
    testId,
    runId,
    scenario,
    purpose,
    plan,
    load,
    target,
    targetKind,
    startedAt,
    durationSeconds,
    k6Version,
    host,
  } = summary;
  const streams = Object.entries(load.plan);
  return {
    testId,
    runId,
    scenario,
    purpose,
    plan,
    model: load.model,
    load: streams.map(
      ([name, shape]) => `${streams.length > 1 ? `${name}: ` : ''}${describeShape(shape, formatDuration)}`,
    ),
    target,
    targetKind,
    ...(summary.release === undefined ? {} : { release: summary.release }),
    ...(summary.commit === undefined ? {} : { commit: summary.commit }),
    startedAt,
    durationSeconds,
    loadSeconds: load.windowSeconds,
    toolVersion: summary.tool.version,
    k6Version,
    ...(summary.k6ExitCode === undefined ? {} : { k6ExitCode: summary.k6ExitCode }),
    host,
  };
}

export function figuresOf({
  requests,
  outcomes,
  latencyMs,
}: Pick<EndpointSummary, 'requests' | 'outcomes' | 'latencyMs'>): ReportFigures {
  return {
    requests,
    outcomes: outcomeRows(outcomes),
    all: withoutLadder(latencyMs.all),
    ok: withoutLadder(latencyMs.ok),
  };
}

/** Outcomes that happened, `ok` first, the others by how often. */
export function outcomeRows(outcomes: OutcomeCounts): OutcomeRow[] {
  const total = countRequests(outcomes);
  return OUTCOMES.filter((outcome) => (outcomes[outcome] ?? 0) > 0)
    .map((outcome) => ({
      outcome,
      label: OUTCOME_LABELS[outcome],
      count: outcomes[outcome] ?? 0,
      share: (outcomes[outcome] ?? 0) / total,
    }))
    .sort((a, b) => Number(b.outcome === 'ok') - Number(a.outcome === 'ok') || b.count - a.count);
}

function withoutLadder({ ladder: _, ...figures }: Latency): LatencyFigures {
  return figures;
}

export function endpointRow(endpoint: EndpointSummary, atRest: readonly AtRest[]): EndpointRow {
  const { id, method, path, category, rateLimit } = endpoint;
  const rest = atRest.find((candidate) => candidate.endpoint === id);
  return {
    id,
    method,
    path,
    category,
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...figuresOf(endpoint),
    ...(rest === undefined ? {} : { atRest: atRestFigures(rest) }),
  };
}

export function atRestFigures({ requests, outcomes, okMs }: AtRest): NonNullable<EndpointRow['atRest']> {
  const sorted = [...okMs].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return {
    requests,
    outcomes: outcomeRows(addOutcomes([outcomes])),
    ...(median === undefined ? {} : { medianOkMs: median }),
  };
}

export function thresholdRow(threshold: JudgedThreshold): ThresholdRow {
  const margin = marginOf(threshold);
  return { ...threshold, title: METRICS[threshold.metric].title, ...(margin === undefined ? {} : { margin }) };
}
