import { COMPARE_EXIT } from '../core/spec/exit-codes.ts';
import type { ComparedRow, Comparison, ComparisonDecision } from './comparison.ts';
import { describeChange } from './describe.ts';
import { isGated } from './gated.ts';
import { headlineOf } from './headline.ts';
import type { Obstacle } from './obstacle.ts';
import type { ComparisonPolicy } from './policy.ts';

interface Basis {
  readonly rows: readonly ComparedRow[];
  /** Whether all runs of base are of one session, and those of head of another: then nothing fails by them. */
  readonly isOneSession: boolean;
  readonly obstacle?: Obstacle;
  readonly look: readonly [number, of: number];
  readonly isSelfCheck: boolean;
  readonly policy: ComparisonPolicy;
}

/** The gate of a comparison (docs/comparison-procedure.md §2.7). */
export function decide(
  basis: Basis,
): Pick<Comparison, 'decision' | 'exitCode' | 'headline' | 'reasons' | 'needsSecondLook'> {
  const { rows, obstacle, look, isSelfCheck, policy } = basis;
  const { decision, reasons } = judge(basis);
  const isOpen = rows.some(
    (row) =>
      (row.family === 'primary' && row.state === 'inconclusive') ||
      (isGated(row) && row.state === 'suspect' && row.accepted === undefined),
  );
  return {
    decision,
    exitCode: exitCodeOf(decision, policy.isStrict === true),
    headline: headlineOf(decision, rows, { isSelfCheck, isCompared: obstacle === undefined }),
    reasons,
    needsSecondLook: obstacle === undefined && decision !== 'fail' && look[0] < look[1] && isOpen,
  };
}

function judge({ rows, obstacle, isOneSession, policy }: Basis): {
  readonly decision: ComparisonDecision;
  readonly reasons: readonly string[];
} {
  const gated = rows.filter(isGated);
  if (obstacle !== undefined) return { decision: 'incomparable', reasons: obstacle.reasons };
  const failsBySuspicion = policy.failOn === 'suspect' || isOneSession;
  const isBad = ({ state, accepted }: ComparedRow) =>
    accepted === undefined && (state === 'regressed' || (failsBySuspicion && state === 'suspect'));
  const bad = gated.filter(isBad).toSorted(regressedFirst).map(describeChange);
  if (bad.length > 0 && isOneSession) return { decision: 'inconclusive', reasons: [...bad, ONE_SESSION] };
  if (bad.length > 0) return { decision: 'fail', reasons: bad };
  const missing = gated.filter((row) => row.missingIn !== undefined);
  if (missing.length > 0) return { decision: 'incomparable', reasons: missing.map(describeChange) };
  const open = gated.filter(
    ({ family, state, accepted }) =>
      family === 'primary' && state !== 'unchanged' && state !== 'improved' && accepted === undefined,
  );

  if (open.length > 0) return { decision: 'inconclusive', reasons: open.map(describeChange) };
  const improved = gated.filter(({ state }) => state === 'improved').map(describeChange);
  const accepted = gated.filter((row) => row.accepted !== undefined).map(describeChange);
  const unsure = gated.filter(
    ({ family, state }) => family !== 'primary' && !['unchanged', 'improved'].includes(state),
  );
  return {
    decision: 'pass',
    reasons: [
      ...accepted,
      ...improved,
      ...(unsure.length > 0
        ? [`${unsure.length} of ${gated.length} gated rows cannot exclude a change: they do not decide`]
        : []),
    ],
  };
}

function regressedFirst(a: ComparedRow, b: ComparedRow): number {
  return Number(b.state === 'regressed') - Number(a.state === 'regressed');
}

const ONE_SESSION =
  'all runs of base are of one session, and those of head of another: the difference can be the machine’s';

function exitCodeOf(decision: ComparisonDecision, isStrict: boolean): number {
  switch (decision) {
    case 'pass':
      return COMPARE_EXIT.pass;
    case 'fail':
      return COMPARE_EXIT.regressed;
    case 'inconclusive':
      return isStrict ? COMPARE_EXIT.inconclusive : COMPARE_EXIT.pass;
    case 'incomparable':
      return COMPARE_EXIT.incomparable;
  }
}
