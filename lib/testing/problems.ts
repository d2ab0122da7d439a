import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import type { AtRest, LoadRecord } from '../core/measure/measured.ts';
import { countRequests, type OutcomeCounts } from '../core/measure/outcome.ts';
import type { Latency } from '../core/measure/quantile-ladder.ts';
import type { TimelinePoint } from '../core/measure/timeline.ts';
import type { Problem } from '../core/spec/document/finding.ts';
import { present } from '../core/spec/present.ts';
import { type EndpointEvidence, type Evidence, gatherEvidence, type RunEvidence } from '../report/model/evidence.ts';
import { FEW_SAMPLES } from '../report/model/findings/few-samples.ts';
import { findProblems } from '../report/model/findings/index.ts';
import type { Rule } from '../report/model/findings/rule.ts';
import { atRest, type EndpointFixture, endpointSummary, loadRecord, measuredRun, pooled, runSummary } from './runs.ts';

/** A run of these endpoints, by id. */
export interface Setting {
  readonly endpoints: Readonly<Record<string, EndpointFixture>>;
  /** What one user met before it, by endpoint; well where nothing is said. */
  readonly rest?: Readonly<Record<string, OutcomeCounts>>;
  readonly okMs?: Readonly<Record<string, readonly number[]>>;
  readonly causes?: readonly string[];
  readonly load?: Partial<LoadRecord>;
  readonly summary?: Partial<RunSummary>;
  readonly thresholds?: readonly Threshold[];
  readonly points?: readonly TimelinePoint[];
}

export function runOf({ endpoints, rest = {}, okMs = {}, causes, load, summary, ...setting }: Setting): RunEvidence {
  const { points, thresholds } = setting;
  const summaries = Object.entries(endpoints).map(([id, fixture]) => endpointSummary(id, fixture));
  const met = summaries.map(({ id }): AtRest => {
    const found = { ...atRest(id, rest[id]), ...present({ causes: rest[id] && causes }) };
    return { ...found, okMs: okMs[id] ?? found.okMs };
  });
  const measured = measuredRun(summaries, {
    totals: pooled(summaries),
    atRest: met,
    load: loadRecord(load),
    ...present({ thresholds }),
  });
  return {
    ...asStored(runSummary(measured, summary)),
    ...present({ timeline: points && { periodSeconds: 1, points } }),
  };
}

export function evidenceOf(...settings: readonly Setting[]): Evidence {
  return gatherEvidence(settings.map(runOf));
}

export function problemsOf(...settings: readonly Setting[]): Problem[] {
  return findProblems(evidenceOf(...settings));
}

/** What is found. Settings of tests are small: that percentiles stand on few samples is left to few-samples.test.ts. */
export function idsOf(...settings: readonly Setting[]): string[] {
  return problemsOf(...settings).flatMap(({ id }) => (id === FEW_SAMPLES ? [] : id));
}

export function problemOf(id: string, ...settings: readonly Setting[]): Problem | undefined {
  return problemsOf(...settings).find((each) => each.id === id);
}

/** What is found in a run whose evidence was changed after it was made. */
export function problemOfRun(id: string, run: RunEvidence): Problem | undefined {
  return findProblems(gatherEvidence([run])).find((each) => each.id === id);
}

/** The first finding of a rule, on evidence whose endpoints are changed before. */
export function found(
  rule: Rule,
  setting: Setting,
  change: (endpoint: EndpointEvidence) => Partial<EndpointEvidence>,
): Problem | undefined {
  const evidence = evidenceOf(setting);
  const endpoints = evidence.endpoints.map((endpoint) => ({ ...endpoint, ...change(endpoint) }));
  return rule({ ...evidence, endpoints })[0];
}

/** For {@link found}: `ok` replies that took so long. */
export function withOk(ok: Partial<Latency>) {
  return ({ latencyMs }: EndpointEvidence) => ({ latencyMs: { ...latencyMs, ok: { ...latencyMs.ok, ...ok } } });
}

/** The hypotheses of a problem, the best supported first. */
export function statementsOf(problem: Problem | undefined): string[] {
  return problem?.hypotheses.map(({ statement }) => statement) ?? [];
}

/** The hypothesis that begins like this, with what speaks for and against it. */
export function evidenceFor(
  problem: Problem | undefined,
  beginning: string,
): readonly (readonly string[])[] | undefined {
  const hypothesis = problem?.hypotheses.find(({ statement }) => statement.startsWith(beginning));
  return hypothesis && [hypothesis.supportedBy, hypothesis.contradictedBy];
}

export function adviceOf(problem: Problem | undefined): string[] {
  return problem?.recommendations.map(({ urgency, text }) => `${urgency}: ${text}`) ?? [];
}

export function urgenciesOf(problem: Problem | undefined): string[] {
  return problem?.recommendations.map(({ urgency }) => urgency) ?? [];
}

/** A run of one endpoint, `a`. */
export function oneEndpoint(outcomes: OutcomeCounts, thresholds?: readonly Threshold[]): Setting {
  return { endpoints: { a: { outcomes } }, ...present({ thresholds }) };
}

export const RATE_LIMIT = { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' } as const;

/** A load in which one window of {@link RATE_LIMIT} fits, and not two. */
export const A_MINUTE = { windowSeconds: 59 };

export function limited(outcomes: OutcomeCounts, limitedWithoutRetryAfter?: number): EndpointFixture {
  return { outcomes, rateLimit: RATE_LIMIT, ...present({ limitedWithoutRetryAfter }) };
}

export const WELL: EndpointFixture = { outcomes: { ok: 1000 } };

export function point(atSeconds: number, outcomes: OutcomeCounts, p95 = 50, activeUsers = 50): TimelinePoint {
  return {
    atSeconds,
    requests: countRequests(outcomes),
    outcomes,
    requestsPerSecond: 100,
    okMs: { p50: p95 / 2, p95, p99: p95 * 2 },
    activeUsers,
  };
}
