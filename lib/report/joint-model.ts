import { describeShape } from '../core/load-shape.ts';
import { mergeLatencies } from '../core/merge-latencies.ts';
import { addOutcomes } from '../core/outcome.ts';
import type { AtRest, EndpointSummary, Measured, RunSummary } from '../core/run-summary.ts';
import { formatDuration } from '../core/units.ts';
import { type Verdict, worstVerdict } from '../core/verdict.ts';
import {
  atRestFigures,
  type EndpointRow,
  endpointRow,
  figuresOf,
  type OutcomeRow,
  type ReportFigures,
  type ThresholdRow,
  thresholdRow,
} from './model.ts';
import { notesOf } from './notes.ts';

/** `joint.json`: which runs, in which order, are one test. */
export interface JointRecord {
  readonly schemaVersion: 1;
  readonly testId: string;
  /** The joint folder's name. */
  readonly runId: string;
  readonly suite: string;
  readonly purpose: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly planned: readonly { readonly scenario: string; readonly plan: string }[];
  readonly runIds: readonly string[];
}

/** Several runs as one test, computed once: renderers only format. */
export interface JointReport {
  readonly schemaVersion: 1;
  readonly record: JointRecord;
  readonly verdict: Verdict;
  readonly headline: string;
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
  readonly target: string;
  readonly targetKind: RunSummary['targetKind'];
  readonly toolVersion: string;
  readonly k6Version: string;
  readonly host: RunSummary['host'];
  readonly release?: string;
  readonly commit?: string;
  readonly totals: ReportFigures;
  readonly runs: readonly JointRun[];
  /** One user, before the first load. */
  readonly atRest: readonly AtRestRow[];
  /** Each endpoint over all runs that have it. */
  readonly endpoints: readonly EndpointRow[];
  /** What does not hold, run by run. */
  readonly crossed: readonly (ThresholdRow & { readonly scenario: string })[];
  readonly thresholdCount: number;
}

export interface JointRun extends ReportFigures {
  readonly runId: string;
  readonly scenario: string;
  readonly plan: string;
  readonly load: string;
  readonly verdict: Verdict;
  readonly plannedRequests?: number;
  readonly loadSeconds: number;
  readonly requestsPerSecond: number;
}

export interface AtRestRow {
  readonly endpoint: string;
  readonly requests: number;
  readonly outcomes: readonly OutcomeRow[];
  readonly medianOkMs?: number;
  readonly isBroken: boolean;
}

/**
 * Makes one report of several runs.
 * @param runs at least one, in their order, each once
 */
export function buildJointReport(record: JointRecord, runs: readonly RunSummary[]): JointReport {
  const [first] = runs;
  if (first === undefined) throw new Error('A joint report of no runs');
  const missing = record.planned.length - runs.length;
  const verdict = worstVerdict([...runs.map((run) => run.verdict), ...(missing > 0 ? (['incomplete'] as const) : [])]);
  const atRest = runs.flatMap((run) => run.atRest);
  const endpoints = mergeEndpoints(runs);
  const rest = atRest.map(atRestRow);
  const broken = rest.filter(({ isBroken }) => isBroken);
  return {
    schemaVersion: 1,
    record,
    verdict,
    headline: headlineOf(verdict, record.planned.length, runs.filter((run) => run.verdict === 'pass').length),
    reasons: [
      ...(missing > 0 ? [`${missing} of ${record.planned.length} plans did not run`] : []),
      ...broken.map(
        ({ endpoint, outcomes }) => `${endpoint} is broken at rest: ${outcomes.map(({ label }) => label).join(', ')}`,
      ),
      ...runs
        .filter((run) => verdict === 'pass' || run.verdict !== 'pass')
        .flatMap((run) => run.reasons.map((reason) => `${run.scenario}: ${reason}`)),
    ],
    notes: jointNotes(runs),
    target: first.target,
    targetKind: first.targetKind,
    toolVersion: first.tool.version,
    k6Version: first.k6Version,
    host: first.host,
    ...(first.release === undefined ? {} : { release: first.release }),
    ...(first.commit === undefined ? {} : { commit: first.commit }),
    totals: figuresOf(mergeMeasured(runs.map((run) => run.totals))),
    runs: runs.map(jointRun),
    atRest: rest,
    endpoints: endpoints.map((endpoint) => endpointRow(endpoint, atRest)),
    crossed: runs.flatMap(({ scenario, thresholds }) =>
      thresholds
        .filter((threshold) => threshold.verdict !== 'pass')
        .map((threshold) => ({ ...thresholdRow(threshold), scenario })),
    ),
    thresholdCount: runs.reduce((sum, run) => sum + run.thresholds.length, 0),
  };
}

function headlineOf(verdict: Verdict, runs: number, passed: number): string {
  const count = `${passed} of ${runs} plans passed`;
  const words: Record<Verdict, string> = {
    pass: `PASS: all ${runs} plans were delivered and every threshold holds.`,
    fail: `FAIL: the service did not meet its thresholds: ${count}.`,
    no_data: `NO DATA: something that must be judged was not measured: ${count}.`,
    invalid_load: `INVALID LOAD: the generator did not deliver the planned load: ${count}.`,
    incomplete: `INCOMPLETE: the test was cut short: ${count}.`,
  };
  return words[verdict];
}

/** A note that holds for every plan stands once; another says which plan it is about. */
function jointNotes(runs: readonly RunSummary[]): string[] {
  const notes = runs.flatMap((run) => notesOf(run).map((note) => ({ note, scenario: run.scenario })));
  const isCommon = (note: string) => notes.filter((other) => other.note === note).length === runs.length;
  return [...new Set(notes.map(({ note, scenario }) => (isCommon(note) ? note : `${scenario}: ${note}`)))];
}

/** Requests of several runs together: counts are sums, latencies the mixture of theirs. */
function mergeMeasured(parts: readonly Measured[]): Measured {
  return {
    requests: parts.reduce((sum, { requests }) => sum + requests, 0),
    outcomes: addOutcomes(parts.map(({ outcomes }) => outcomes)),
    latencyMs: {
      all: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.all)),
      ok: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.ok)),
    },
  };
}

function mergeEndpoints(runs: readonly RunSummary[]): EndpointSummary[] {
  const byId = new Map<string, EndpointSummary[]>();
  for (const endpoint of runs.flatMap((run) => run.endpoints))
    byId.set(endpoint.id, [...(byId.get(endpoint.id) ?? []), endpoint]);
  return [...byId.values()].flatMap((parts) =>
    parts[0] === undefined ? [] : [{ ...parts[0], ...mergeMeasured(parts) }],
  );
}

function jointRun(run: RunSummary): JointRun {
  const { load } = run;
  return {
    runId: run.runId,
    scenario: run.scenario,
    plan: run.plan,
    load: Object.values(load.plan)
      .map((shape) => describeShape(shape, formatDuration))
      .join('; '),
    verdict: run.verdict,
    ...(load.plannedIterations === undefined ? {} : { plannedRequests: load.plannedIterations }),
    loadSeconds: load.windowSeconds,
    requestsPerSecond: load.requestsPerSecond,
    ...figuresOf(run.totals),
  };
}

/** At rest the first load is still to come, so no limit is used up: an endpoint without an ok reply is broken. */
function atRestRow(rest: AtRest): AtRestRow {
  return { endpoint: rest.endpoint, ...atRestFigures(rest), isBroken: rest.outcomes.ok === undefined };
}
