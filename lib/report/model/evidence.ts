import type { StoredRun } from '../../core/judge/run-summary.ts';
import type { StoredThreshold } from '../../core/judge/threshold.ts';
import type { AtRest, Cause, Measured, StoredEndpoint } from '../../core/measure/measured.ts';
import { mergeLatencies } from '../../core/measure/merge-latencies.ts';
import { addOutcomes, countRequests, countSent, NO_ANSWER, type OutcomeCounts } from '../../core/measure/outcome.ts';
import type { ParsedTimeline, Timeline } from '../../core/measure/timeline.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { modelOf } from '../../core/spec/load-shape.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { causesOf } from './causes.ts';
import { countOutcomes } from './figures.ts';
import { checkLimit, type LimitCheck } from './rate-limits.ts';

/** One run with its record over time. */
export type RunEvidence = StoredRun & {
  readonly timeline?: Timeline;
  /** Why there is none, or what it lacks. */
  readonly timelineNote?: string;
};

export function withTimeline(run: StoredRun, { timeline, note }: ParsedTimeline): RunEvidence {
  return { ...run, ...present({ timeline, timelineNote: note }) };
}

/** Everything that was measured, over all runs of a test: what findings, criteria and tables are made of. */
export interface Evidence {
  /** At least one, in their order, each once. */
  readonly runs: readonly RunEvidence[];
  readonly totals: Measured;
  /** Requests that success is not asked of: 429 replies of endpoints that declare a limit, and what was never sent. */
  readonly setAside: number;
  readonly endpoints: readonly EndpointEvidence[];
  /** Of all runs. */
  readonly thresholds: readonly StoredThreshold[];
  readonly stack?: string;
}

/** One endpoint over all runs that have it. */
export interface EndpointEvidence extends StoredEndpoint {
  readonly atRest?: AtRest;
  readonly limit?: LimitCheck;
  /** Requests that were sent, and not rate limited as declared. */
  readonly judgedRequests: number;
  /** Why requests failed, the commonest first: without the 429 that a declared limit explains. */
  readonly causes?: readonly Cause[];
  /** Its own thresholds, of all runs. */
  readonly thresholds: readonly StoredThreshold[];
}

/**
 * @param runs at least one, each once
 * @param sequential a run of one user, which says more of a service at rest than the few requests before a load
 */
export function gatherEvidence(runs: readonly RunEvidence[], sequential?: RunEvidence): Evidence {
  const endpoints = mergeEndpoints(runs, sequential);
  const stack = runs.find((run) => run.system?.stack !== undefined)?.system?.stack;
  return {
    runs,
    totals: mergeMeasured(runs.map((run) => run.totals)),
    setAside: sum(endpoints.map((endpoint) => endpoint.requests - endpoint.judgedRequests)),
    endpoints,
    thresholds: runs.flatMap((run) => run.thresholds),
    ...present({ stack }),
  };
}

function mergeEndpoints(runs: readonly RunEvidence[], sequential: RunEvidence | undefined): EndpointEvidence[] {
  const byId = groupBy(
    runs.flatMap((run) => run.endpoints),
    ({ id }) => id,
  );
  return [...byId].flatMap(([id, parts]) => {
    const [first] = parts;
    if (first === undefined) return [];
    const { causes: _, ...facts } = first;
    const causes = causesOf(parts);
    const rateLimit = parts.find((part) => part.rateLimit !== undefined)?.rateLimit;
    const atRest =
      restOf(sequential?.endpoints.find((endpoint) => endpoint.id === id)) ??
      runs.flatMap((run) => run.atRest).find((rest) => rest.endpoint === id);
    return [
      {
        ...facts,
        ...mergeMeasured(parts),
        ...(causes.length > 0 ? { causes } : {}),
        ...present({ atRest, rateLimit, limit: rateLimit && checkLimit(id, rateLimit, runs) }),
        judgedRequests: sum(parts.map(judgedRequestsOf)),
        thresholds: runs.flatMap((run) => run.thresholds.filter(({ endpoint }) => endpoint === id)),
      },
    ];
  });
}

/** An endpoint as one user met it in a run of its own; its times are those of its quantile ladder. */
function restOf(endpoint: StoredEndpoint | undefined): AtRest | undefined {
  if (endpoint === undefined || endpoint.requests === 0) return undefined;
  const { id, requests, outcomes, latencyMs } = endpoint;
  const okMs = (latencyMs.ok.ladder ?? []).map(([, ms]) => ms);
  return { endpoint: id, sent: requests, requests, outcomes, okMs };
}

/** A run is judged by the limits it declares itself: definitions may have changed since another one. */
function judgedRequestsOf({ requests, outcomes, rateLimit }: StoredEndpoint): number {
  return countSent({ requests, outcomes }) - (rateLimit === undefined ? 0 : countOutcomes(outcomes, 'rate_limited'));
}

/** Requests of several runs together: counts are sums, latencies the mixture of theirs. */
function mergeMeasured(parts: readonly Measured[]): Measured {
  return {
    requests: sum(parts.map(({ requests }) => requests)),
    outcomes: addOutcomes(parts.map(({ outcomes }) => outcomes)),
    latencyMs: {
      all: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.all)),
      ok: mergeLatencies(parts.map(({ latencyMs }) => latencyMs.ok)),
    },
  };
}

/**
 * `ok` among the requests that were not rate limited as declared; undefined where there were none, and where it is not
 * known of each whether it was ok.
 */
export function successShare(outcomes: OutcomeCounts, judgedRequests: number): number | undefined {
  return judgedRequests > 0 && countOutcomes(outcomes, 'unknown') === 0
    ? (outcomes.ok ?? 0) / judgedRequests
    : undefined;
}

/** One user met it and got no `ok` reply, and neither did the load: what answers the load is not broken. */
export function isBrokenAtRest(endpoint: EndpointEvidence): boolean {
  return isNotOkAtRest(endpoint) && countOutcomes(endpoint.outcomes, 'ok') === 0;
}

/** At rest, one user met it and got no `ok` reply, nor the 429 that its declared limit explains. */
export function isNotOkAtRest({ atRest, rateLimit }: EndpointEvidence): boolean {
  if (atRest === undefined || countSent(atRest) === 0) return false;
  const isUsedUp = rateLimit !== undefined && atRest.outcomes.rate_limited === atRest.requests;
  return countOutcomes(atRest.outcomes, 'ok') === 0 && !isUsedUp;
}

/**
 * Whatever answered said that this is not there, or not for this client: load has nothing to do with it, unless one
 * user was answered well before it.
 */
export function isTurnedAway({ atRest, outcomes }: EndpointEvidence): boolean {
  if (countOutcomes(atRest?.outcomes ?? {}, 'ok') > 0) return false;
  const answered = countRequests(outcomes) - countOutcomes(outcomes, ...NO_ANSWER);
  return answered > 0 && countOutcomes(outcomes, 'not_found', 'client_error', 'unexpected_status') === answered;
}

/** Whether requests came at their rate whatever the service did; undefined where the plan is not known. */
export function loadModelOf({ load }: StoredRun): 'open' | 'closed' | 'mixed' | undefined {
  const models = new Set(Object.values(load.plan ?? {}).map(modelOf));
  if (models.size === 0) return load.model;
  return models.size === 2 ? 'mixed' : [...models][0];
}

/** How an endpoint is called in sentences. */
export function pathsOf(endpoints: readonly Pick<StoredEndpoint, 'path'>[]): string[] {
  return endpoints.map(({ path }) => path);
}

/**
 * Runs of k6's own summaries whose replies are not all known by their status: that k6 took a request for good does not
 * say that it was, since its script can tell it to expect anything.
 */
export function withoutStatuses(runs: readonly RunEvidence[]): RunEvidence[] {
  return runs.filter((run) => {
    if (run.source === 'k6-verdict' || run.source === 'hand-made') return false;
    return sum((run.k6?.statuses ?? []).map(({ count }) => count)) < run.totals.requests;
  });
}
