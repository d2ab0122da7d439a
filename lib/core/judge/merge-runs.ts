import type { AtRest, EndpointSummary, LoadRecord, Measured } from '../measure/measured.ts';
import { type CompactLatency, compact, mergeWithBrackets } from '../measure/merge-latencies.ts';
import { addOutcomes } from '../measure/outcome.ts';
import type { Study } from '../questions/study.ts';
import { isLoopback, parseBaseUrl } from '../spec/base-url.ts';
import { UserError } from '../spec/errors.ts';
import { isOwnReason } from '../spec/exit-codes.ts';
import { plannedIterations } from '../spec/load-shape.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { dayOf } from '../spec/waiver.ts';
import { judgeThreshold } from './judge-threshold.ts';
import type { MergedInstance, RunSummary } from './run-summary.ts';
import { judgeRun } from './verdict.ts';

/**
 * Folds the summaries of several k6 processes of one run into one. Counts are sums and exact; percentiles are those of
 * the mixture of all requests, each with a bracket in which it surely lies. Rates divide by the time from the first
 * start to the last end; users add up only where processes ran at the same time.
 * @param completed what is known of the whole beyond its parts: where they followed each other, and what a study found
 * @param summaries taken one by one: each may go as soon as the next one is asked for
 * @throws UserError for summaries that are not the processes of one run, or not all of them
 */
export function mergeRuns(
  summaries: Iterable<RunSummary>,
  completed: (merged: Pick<RunSummary, 'load' | 'loadStartedAt'>) => MergedAnswer = () => ({}),
): RunSummary {
  const parts = Array.from(summaries, compactRun).sort((a, b) => a.instance - b.instance);
  const [first] = parts;
  if (first === undefined || parts.length < 2) throw notSeveral(first);
  expectOneRun(parts);
  const endpoints = first.endpoints.map((endpoint) => mergeEndpoint(endpoint, parts));
  const totals = mergeMeasured(parts.map((part) => part.totals));
  const loadStarts = parts.flatMap(({ loadStartedAt }) => loadStartedAt ?? []);
  const began = loadStarts.length > 0 ? { loadStartedAt: earliest(loadStarts) } : {};
  const merged = mergeLoad(parts, totals);
  const { study, load = merged, fingerprint = first.fingerprint } = completed({ load: merged, ...began });
  const endedAt = latest(parts.map((part) => part.endedAt));
  const ownReason = parts.map((part) => part.k6ExitCode).find((code) => code === undefined || isOwnReason(code));
  const hasOwnReason = parts.some(({ k6ExitCode }) => k6ExitCode === undefined || isOwnReason(k6ExitCode));
  // Each k6 judged its own part of the load; what they found together is judged here.
  const k6ExitCode = hasOwnReason ? ownReason : 0;
  const { verdict, reasons, thresholds } = judgeRun({
    thresholds: first.thresholds.map(({ metric, endpoint, limit, level, waiver }) =>
      judgeThreshold(
        {
          metric,
          limit,
          ...present({ endpoint, level, waiver }),
        },
        { endpoints, totals, load, ...present({ study }) },
        dayOf(new Date(endedAt)),
      ),
    ),
    endpoints,
    load,
    ...present({ study }),
    k6Thresholds: [],
    k6ExitCode,
  });
  const startedAt = earliest(parts.map((part) => part.startedAt));
  const { k6ExitCode: _, loadStartedAt: __, study: ___, ...rest } = first;
  return {
    ...rest,
    instance: 1,
    mergedFrom: parts.map(instanceOf),
    verdict,
    reasons,
    startedAt,
    ...began,
    endedAt,
    durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    ...present({ k6ExitCode }),
    host: { ...first.host, ...busiest(parts) },
    load,
    totals,
    endpoints,
    thresholds,
    k6Thresholds: [],
    atRest: mergeAtRest(parts),
    fingerprint,
    ...present({ study }),
  };
}

/** What the parts of a run do not say of the whole. */
export interface MergedAnswer {
  readonly load?: LoadRecord;
  readonly study?: Study;
  readonly fingerprint?: string;
}

/** A summary without the room that its ladders take: of a thousand only these stay in memory. */
interface CompactRun extends Omit<RunSummary, 'endpoints' | 'totals'> {
  readonly endpoints: readonly (Omit<EndpointSummary, 'latencyMs'> & CompactMeasured)[];
  readonly totals: CompactMeasured;
}

interface CompactMeasured extends Omit<Measured, 'latencyMs'> {
  readonly latencyMs: { readonly all: CompactLatency; readonly ok: CompactLatency };
}

function compactRun(summary: RunSummary): CompactRun {
  return {
    ...summary,
    totals: compactMeasured(summary.totals),
    endpoints: summary.endpoints.map((endpoint) => ({ ...endpoint, ...compactMeasured(endpoint) })),
  };
}

function compactMeasured({ requests, outcomes, latencyMs }: Measured): CompactMeasured {
  return { requests, outcomes, latencyMs: { all: compact(latencyMs.all), ok: compact(latencyMs.ok) } };
}

function notSeveral(only: CompactRun | undefined): UserError {
  return new UserError({
    what: 'There is nothing to merge.',
    received: only === undefined ? 'no summary' : `one summary, of ${only.runId}`,
    expected: 'the summaries of several k6 processes of one run (--instance)',
  });
}

function expectOneRun(parts: readonly CompactRun[]): void {
  const [first] = parts;
  if (first === undefined) return;
  const otherRun = parts.find(({ runId }) => runId !== first.runId);
  if (otherRun !== undefined) {
    throw new UserError({
      what: 'These summaries are of different runs.',
      received: `${first.runId} and ${otherRun.runId}`,
      expected: 'the processes of one run, which share its id',
      todo: 'repeated runs are compared, never merged: npx k6-verdict compare',
    });
  }
  const merged = parts.find(({ mergedFrom }) => mergedFrom !== undefined);
  if (merged !== undefined && parts.length > 1) {
    throw new UserError({
      what: 'A merged summary cannot be merged again.',
      received: `${merged.runId}, which is made of ${merged.mergedFrom?.length} processes`,
      expected: 'the summaries of the processes themselves',
    });
  }
  const otherWorkload = parts.find(({ fingerprint }) => fingerprint !== first.fingerprint);
  if (otherWorkload !== undefined) {
    throw new UserError({
      what: `The processes of ${first.runId} did not have the same workload.`,
      received: `instance ${first.instance}: ${first.fingerprint}; instance ${otherWorkload.instance}: ${otherWorkload.fingerprint}`,
      expected: 'the same scenario with the same settings',
    });
  }
  const twice = parts.find(({ instance }, i) => parts[i - 1]?.instance === instance);
  if (twice !== undefined) {
    throw new UserError({
      what: `Two summaries are of instance ${twice.instance} of ${first.runId}.`,
      expected: 'one summary per process; --instance numbers them',
    });
  }
  const wanted = first.load.segment?.of;
  const missing = Array.from({ length: wanted ?? 0 }, (_, i) => i + 1).filter(
    (instance) => !parts.some((part) => part.instance === instance),
  );
  if (missing.length > 0) {
    throw new UserError({
      what: `${first.runId} is not whole: a part of its load is missing.`,
      received: `${parts.length} of ${wanted} processes, without ${missing.join(', ')}`,
      expected: `the summaries of all ${wanted}`,
    });
  }
}

function mergeMeasured(parts: readonly CompactMeasured[]): Measured {
  const ok = mergeWithBrackets(parts.map(({ latencyMs }) => latencyMs.ok));
  // Where every request was ok, these are the same requests.
  const areAllOk = parts.every(({ latencyMs }) => latencyMs.all.count === latencyMs.ok.count);
  return {
    requests: sum(parts.map(({ requests }) => requests)),
    outcomes: addOutcomes(parts.map(({ outcomes }) => outcomes)),
    latencyMs: { all: areAllOk ? ok : mergeWithBrackets(parts.map(({ latencyMs }) => latencyMs.all)), ok },
  };
}

function mergeEndpoint(endpoint: EndpointSummary, parts: readonly CompactRun[]): EndpointSummary {
  const own = parts.flatMap(({ endpoints }) => endpoints.find(({ id }) => id === endpoint.id) ?? []);
  const withoutRetryAfter = sum(own.map(({ limitedWithoutRetryAfter = 0 }) => limitedWithoutRetryAfter));
  const { limitedWithoutRetryAfter: _, ...facts } = endpoint;
  return {
    ...facts,
    ...mergeMeasured(own),
    ...(withoutRetryAfter > 0 ? { limitedWithoutRetryAfter: withoutRetryAfter } : {}),
  };
}

function mergeLoad(parts: readonly CompactRun[], totals: Measured): LoadRecord {
  const loads = parts.map(({ load }) => load);
  const [first] = parts;
  if (first === undefined) throw new Error('A run without processes');
  const spans = parts.map(spanOf);
  const windowSeconds =
    (Math.max(...spans.map(({ endMs }) => endMs)) - Math.min(...spans.map(({ startMs }) => startMs))) / 1000;
  const add = (key: keyof LoadRecord['iterations']) => sum(loads.map(({ iterations }) => iterations[key]));
  const unattributed = sum(loads.map(({ unattributedRequests = 0 }) => unattributedRequests));
  const users = usersAtEnd(parts);
  const planned = plannedOf(parts);
  const { segment: _, usersAtEnd: __, plannedIterations: ___, unattributedRequests: ____, ...rest } = first.load;
  return {
    ...rest,
    windowSeconds,
    requestsPerSecond: windowSeconds > 0 ? totals.requests / windowSeconds : 0,
    ...present({ plannedIterations: planned }),
    iterations: { completed: add('completed'), dropped: add('dropped'), failed: add('failed') },
    ...present({ usersAtEnd: users }),
    ...(loads.some(({ endedEarly }) => endedEarly) ? { endedEarly: true as const } : {}),
    ...(loads.some(({ hasSeveralClients }) => hasSeveralClients) || areOfSeveralMachines(parts)
      ? { hasSeveralClients: true as const }
      : {}),
    ...(unattributed > 0 ? { unattributedRequests: unattributed } : {}),
  };
}

/** The processes of one load share its plan; those that follow each other have each their own. */
function plannedOf(parts: readonly CompactRun[]): number | undefined {
  const [first] = parts;
  if (first?.load.segment !== undefined) {
    const planned = Object.values(first.load.plan).map((shape) => plannedIterations(shape, first.endpoints.length));
    return planned.every((each) => each !== undefined) ? sum(planned) : undefined;
  }
  const planned = parts.map(({ load }) => load.plannedIterations);
  return planned.every((each) => each !== undefined) ? sum(planned) : undefined;
}

/** A target elsewhere sees each machine as a client of its own. */
function areOfSeveralMachines(parts: readonly CompactRun[]): boolean {
  const [first] = parts;
  return first !== undefined && !isLoopback(parseBaseUrl(first.target).host);
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

function spanOf({ loadStartedAt, startedAt, load }: CompactRun): Span {
  const startMs = Date.parse(loadStartedAt ?? startedAt);
  return { startMs, endMs: startMs + load.windowSeconds * 1000 };
}

/** Of the processes that were still running when the last one ended. */
function usersAtEnd(parts: readonly CompactRun[]): number | undefined {
  const spans = parts.map((part) => ({ ...spanOf(part), users: part.load.usersAtEnd }));
  const end = Math.max(...spans.map(({ endMs }) => endMs));
  const last = spans.find(({ endMs }) => endMs === end);
  const running = spans.filter(({ endMs }) => last !== undefined && endMs > last.startMs);
  const known = running.flatMap(({ users }) => users ?? []);
  return known.length === 0 ? undefined : sum(known);
}

function busiest(parts: readonly CompactRun[]): { cpuBusyShare?: number } {
  const shares = parts.flatMap(({ host }) => host.cpuBusyShare ?? []);
  return shares.length === 0 ? {} : { cpuBusyShare: Math.max(...shares) };
}

/** Each process met the endpoints by itself before its load. */
function mergeAtRest(parts: readonly CompactRun[]): AtRest[] {
  const endpoints = [...new Set(parts.flatMap(({ atRest }) => atRest.map(({ endpoint }) => endpoint)))];
  return endpoints.map((endpoint) => {
    const own = parts.flatMap(({ atRest }) => atRest.filter((each) => each.endpoint === endpoint));
    const causes = [...new Set(own.flatMap((each) => each.causes ?? []))];
    return {
      endpoint,
      sent: sum(own.map(({ sent }) => sent)),
      requests: sum(own.map(({ requests }) => requests)),
      outcomes: addOutcomes(own.map(({ outcomes }) => outcomes)),
      okMs: own.flatMap(({ okMs }) => okMs),
      ...(causes.length > 0 ? { causes } : {}),
    };
  });
}

function instanceOf({ instance, startedAt, endedAt, k6ExitCode, totals, verdict }: CompactRun): MergedInstance {
  return {
    instance,
    startedAt,
    endedAt,
    requests: totals.requests,
    verdict,
    ...present({ k6ExitCode }),
  };
}

/** Times of one format sort as texts. */
function earliest(times: readonly string[]): string {
  return times.toSorted()[0] ?? '';
}

function latest(times: readonly string[]): string {
  return times.toSorted().at(-1) ?? '';
}
