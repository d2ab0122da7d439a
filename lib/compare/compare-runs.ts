import type { StoredRun } from '../core/judge/run-summary.ts';
import { isDeclared } from '../core/spec/not-declared.ts';
import { present } from '../core/spec/present.ts';
import { compareRows, incomparableRow, type RowInput } from './compare-rows.ts';
import type { Arm, ComparedRow, Comparison, TrendColumn } from './comparison.ts';
import { COMPARISON_SCHEMA_VERSION } from './comparison.ts';
import { decide } from './decide.ts';
import { type Arranged, arrange, isOneSessionAgainstAnother } from './design.ts';
import { distributionsOf } from './distributions-of-runs.ts';
import { withoutUnfit } from './fitness.ts';
import {
  notesOnAcceptances,
  notesOnDesign,
  notesOnEnvironments,
  notesOnLoad,
  notesOnMachines,
  notesOnPercentiles,
  notesOnRows,
} from './notes.ts';
import { obstacleOf } from './obstacle.ts';
import { acceptanceOf, alphaOf, type ComparisonPolicy, expectAcceptances } from './policy.ts';
import { type ComparedSubjects, rowsOf } from './row-values.ts';
import { trendOf } from './trend.ts';

export interface ComparisonInput extends RowInput {
  readonly base: readonly StoredRun[];
  readonly head: readonly StoredRun[];
  /** Runs of earlier releases, for the trend alone. */
  readonly earlier?: readonly StoredRun[];
  readonly look?: readonly [number, of: number];
  readonly isSelfCheck?: boolean;
  readonly notes?: readonly string[];
}

/**
 * Compares the runs of two releases by docs/comparison-procedure.md: the run is the unit, never the request.
 * @param input at least one run on either side
 */
export function compareRuns(input: ComparisonInput): Comparison {
  const { look = [1, 1], isSelfCheck = false, policy = {} } = input;
  expectAcceptances(policy);
  const alpha = alphaOf(policy, look[1]);
  const arranged = arrange(input.base, input.head);
  const { kept, notes: dropped } = withoutUnfit(arranged, policy);
  const obstacle = obstacleOf(arranged, kept);
  const isOneSession = isOneSessionAgainstAnother(kept);
  const deciding = obstacle === undefined ? [...kept.base, ...kept.head] : [];
  const definitions = rowsOf(subjectsOf([...arranged.base, ...arranged.head]), limitsOf(arranged), deciding);
  const compared =
    obstacle === undefined
      ? compareRows(definitions, kept, input, alpha)
      : definitions.map((definition) => incomparableRow(definition, arranged));
  const rows = compared.map((row) => withAcceptance(isOneSession ? withoutClaim(row) : row, policy));
  const notes = [
    ...(input.notes ?? []),
    ...dropped,
    ...(obstacle === undefined ? notesOnDesign(kept, input) : []),
    ...(obstacle === undefined
      ? [...notesOnRows(rows, kept), ...notesOnPercentiles(rows), ...notesOnLoad(rows, kept)]
      : []),
    ...notesOnMachines(kept),
    ...notesOnEnvironments(kept),
    ...notesOnAcceptances(policy),
  ];
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    ...decide({ rows, isOneSession, ...present({ obstacle }), look, isSelfCheck, policy }),
    scenario: arranged.base[0]?.scenario ?? 'unknown',
    design: kept.design,
    alpha,
    look,
    ...(isSelfCheck ? { isSelfCheck: true as const } : {}),
    base: armOf(arranged.base, 'base'),
    head: armOf(arranged.head, 'head'),
    rows,
    distributions: distributionsOf(kept, alpha),
    trend: trend(input),
    notes,
  };
}

function trend({ earlier = [], base, head, isSelfCheck }: ComparisonInput): TrendColumn[] {
  return isSelfCheck === true ? [] : trendOf([...earlier, ...base, ...head]);
}

/** What the script sends beside its endpoints is among all requests together, and may be there now and then. */
function subjectsOf(runs: readonly StoredRun[]): ComparedSubjects {
  return {
    endpoints: [...new Set(runs.flatMap(({ endpoints }) => endpoints.filter(isDeclared).map(({ id }) => id)))],
    journeys: [...new Set(runs.flatMap(({ journeys = [] }) => journeys.map(({ name }) => name)))],
  };
}

/** The p95 limits that head was held to: what is beyond them is counted on both sides. */
function limitsOf({ head }: Arranged): Map<string | undefined, number> {
  const thresholds = head.flatMap((run) => run.thresholds).filter(({ metric }) => metric === 'okP95Ms');
  return new Map(thresholds.map(({ endpoint, limit }) => [endpoint, limit]));
}

/** What only says that the machine may have been another one claims nothing. */
function withoutClaim(row: ComparedRow): ComparedRow {
  const { state } = row;
  const isClaim = state === 'regressed' || state === 'improved' || state === 'changed' || state === 'suspect';
  if (!isClaim) return row;
  const isWorse = state === 'regressed' || state === 'suspect';
  return { ...row, state: isWorse ? 'suspect' : 'inconclusive', reason: 'it can be the machine of another session' };
}

function withAcceptance(row: ComparedRow, policy: ComparisonPolicy): ComparedRow {
  if (row.state !== 'regressed' && row.state !== 'suspect') return row;
  const acceptance = acceptanceOf(policy, row);
  if (acceptance === undefined) return row;
  const { reason, until } = acceptance;
  return { ...row, accepted: { reason, until }, reason: `accepted until ${until}: ${reason}` };
}

function armOf(runs: readonly StoredRun[], fallback: string): Arm {
  const names = new Set(runs.map(({ release, commit }) => release ?? commit?.slice(0, 10)));
  const [only] = names;
  return {
    name: names.size === 1 && only !== undefined ? only : fallback,
    runs: runs.map(({ runId, startedAt, release, commit, environment, verdict, totals }) => ({
      runId,
      ...present({ startedAt, release, commit, environment }),
      verdict,
      requests: totals.requests,
    })),
  };
}
