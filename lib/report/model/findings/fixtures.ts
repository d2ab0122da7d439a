import type { AtRest, LoadRecord } from '../../../core/measured.ts';
import { countRequests, type OutcomeCounts } from '../../../core/outcome.ts';
import { asStored, type RunSummary } from '../../../core/run-summary.ts';
import type { Threshold } from '../../../core/threshold.ts';
import type { TimelinePoint } from '../../../core/timeline.ts';
import {
  atRest,
  type EndpointFixture,
  endpointSummary,
  loadRecord,
  measuredRun,
  pooled,
  runSummary,
} from '../../fixtures.ts';
import { type Evidence, gatherEvidence, type RunEvidence } from '../evidence.ts';
import type { Problem } from './finding.ts';
import { findProblems } from './index.ts';

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
    const found = { ...atRest(id, rest[id]), ...(causes && rest[id] ? { causes } : {}) };
    return { ...found, okMs: okMs[id] ?? found.okMs };
  });
  const measured = measuredRun(summaries, {
    totals: pooled(summaries),
    atRest: met,
    load: loadRecord(load),
    ...(thresholds === undefined ? {} : { thresholds }),
  });
  return {
    ...asStored(runSummary(measured, summary)),
    ...(points === undefined ? {} : { timeline: { periodSeconds: 1, points } }),
  };
}

export function evidenceOf(...settings: readonly Setting[]): Evidence {
  return gatherEvidence(settings.map(runOf));
}

export function problemsOf(...settings: readonly Setting[]): Problem[] {
  return findProblems(evidenceOf(...settings));
}

export function idsOf(...settings: readonly Setting[]): string[] {
  return problemsOf(...settings).map(({ id }) => id);
}

export function problemOf(id: string, ...settings: readonly Setting[]): Problem | undefined {
  return problemsOf(...settings).find((each) => each.id === id);
}

/** The hypotheses of a problem, the best supported first. */
export function statementsOf(problem: Problem | undefined): string[] {
  return problem?.hypotheses.map(({ statement }) => statement) ?? [];
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
