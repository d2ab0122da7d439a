import type { AtRest, EndpointSummary, LoadRecord, Measured } from '../measure/measured.ts';
import { mergeWithBrackets } from '../measure/merge-latencies.ts';
import { addOutcomes } from '../measure/outcome.ts';
import type { Study } from '../questions/table.ts';
import { isOwnReason } from '../spec/exit-codes.ts';
import { present } from '../spec/present.ts';
import { sum } from '../spec/sum.ts';
import { dayOf } from '../spec/waiver.ts';
import { type CompactMeasured, type CompactRun, compactRun } from './compact-run.ts';
import { expectOneRun } from './expect-one-run.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { mergeLoad } from './merge-load.ts';
import type { GeneratorHost, GeneratorUsage, MergedInstance, RunSummary } from './run-summary.ts';
import { spanFacts } from './together.ts';
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
  expectOneRun(parts);
  const [first] = parts;
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
  const mergedFrom = parts.map(instanceOf);
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
    mergedFrom,
  });
  const startedAt = earliest(parts.map((part) => part.startedAt));
  const { k6ExitCode: _, loadStartedAt: __, study: ___, ...rest } = first;
  return {
    ...rest,
    instance: 1,
    mergedFrom,
    verdict,
    reasons,
    startedAt,
    ...began,
    endedAt,
    durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    ...present({ k6ExitCode }),
    host: hostOf(first, parts),
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
  const undecided = sum(own.map(({ undecidedChecks = 0 }) => undecidedChecks));
  const { limitedWithoutRetryAfter: _, undecidedChecks: __, ...facts } = endpoint;
  return {
    ...facts,
    ...mergeMeasured(own),
    ...(withoutRetryAfter > 0 ? { limitedWithoutRetryAfter: withoutRetryAfter } : {}),
    ...(undecided > 0 ? { undecidedChecks: undecided } : {}),
  };
}

/** The machine as it was in its worst part, and what all k6 processes together took. */
function hostOf({ host: { k6: _, ...machine } }: CompactRun, parts: readonly CompactRun[]): GeneratorHost {
  const shares = parts.flatMap(({ host }) => host.cpuBusyShare ?? []);
  const usages = parts.flatMap(({ host }) => host.k6 ?? []);
  return present({
    ...machine,
    cpuBusyShare: shares.length === 0 ? undefined : Math.max(...shares),
    k6: usages.length < parts.length ? undefined : together(usages),
  });
}

function together(usages: readonly GeneratorUsage[]): GeneratorUsage {
  return {
    cpuSeconds: sum(usages.map(({ cpuSeconds }) => cpuSeconds)),
    cpuShare: Math.max(...usages.map(({ cpuShare }) => cpuShare)),
    peakMemoryBytes: Math.max(...usages.map(({ peakMemoryBytes }) => peakMemoryBytes)),
  };
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

function instanceOf(part: CompactRun): MergedInstance {
  const { instance, k6ExitCode, totals, verdict } = part;
  return {
    instance,
    ...spanFacts(part),
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
