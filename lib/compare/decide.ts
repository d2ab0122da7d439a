import { COMPARE_EXIT } from '../core/spec/exit-codes.ts';
import type { ComparedRow, Comparison, ComparisonDecision } from './comparison.ts';
import { describeChange, nameOf } from './describe.ts';
import type { Arranged } from './design.ts';
import type { ComparisonPolicy } from './policy.ts';

interface Basis {
  readonly rows: readonly ComparedRow[];
  readonly kept: Arranged;
  /** Why nothing can be compared. */
  readonly obstacle?: string;
  readonly look: readonly [number, of: number];
  readonly isSelfCheck: boolean;
  readonly policy: ComparisonPolicy;
}

export function isGated({ family }: Pick<ComparedRow, 'family'>): boolean {
  return family !== 'information';
}

/** The gate of a comparison (docs/comparison-procedure.md §2.7). */
export function decide(
  basis: Basis,
): Pick<Comparison, 'decision' | 'exitCode' | 'headline' | 'reasons' | 'needsSecondLook'> {
  const { rows, obstacle, look, policy } = basis;
  const { decision, reasons } = judge(basis);
  const isOpen = rows.some(
    (row) =>
      (row.family === 'primary' && row.state === 'inconclusive') ||
      (isGated(row) && row.state === 'suspect' && row.accepted === undefined),
  );
  return {
    decision,
    exitCode: exitCodeOf(decision, policy.isStrict === true),
    headline: headlineOf(decision, basis),
    reasons,
    needsSecondLook: obstacle === undefined && decision !== 'fail' && look[0] < look[1] && isOpen,
  };
}

function judge({ rows, obstacle, kept, policy }: Basis): {
  readonly decision: ComparisonDecision;
  readonly reasons: string[];
} {
  const gated = rows.filter(isGated);
  const removed = rows.filter(({ state }) => state === 'removed').map(({ endpoint }) => endpoint);
  if (obstacle !== undefined) {
    return {
      decision: 'incomparable',
      reasons: [obstacle, ...[...new Set(removed)].map((endpoint) => `${endpoint} is gone: head has no such endpoint`)],
    };
  }
  const isBad = ({ state, accepted }: ComparedRow) =>
    accepted === undefined && (state === 'regressed' || (policy.failOn === 'suspect' && state === 'suspect'));
  const bad = gated.filter(isBad);
  if (bad.length > 0) {
    if (isOneSessionAgainstAnother(kept)) {
      return {
        decision: 'inconclusive',
        reasons: [
          ...bad.map(describeChange),
          'all runs of base are of one session, and those of head of another: the difference can be the machine’s',
        ],
      };
    }
    return { decision: 'fail', reasons: bad.map(describeChange) };
  }
  const lost = gated.filter(isLostInHead);
  if (lost.length > 0) return { decision: 'incomparable', reasons: lost.map(describeChange) };
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

/** What every run of base had and some run of head did not has not been compared, and is no pass. */
function isLostInHead({ state, baseValues, headValues }: ComparedRow): boolean {
  const isWhole = (values: readonly (number | null)[]) => values.every((value) => value !== null);
  return state === 'incomparable' && isWhole(baseValues) && !isWhole(headValues);
}

/**
 * A session shifts all its runs together: with one of base and one of head nothing tells that from the release. In the
 * simulations of the procedure a shift of 5 % between the arms gave 23-30 % false alarms (S2-E).
 */
function isOneSessionAgainstAnother({ design, baseSessions }: Arranged): boolean {
  return design === 'history' && baseSessions < 2;
}

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

const MOST_NAMED = 3;

function headlineOf(decision: ComparisonDecision, { rows, isSelfCheck }: Basis): string {
  const gated = rows.filter(isGated);
  const named = (states: readonly string[]) => {
    const found = gated.filter(({ state }) => states.includes(state)).map(nameOf);
    return found.length > MOST_NAMED
      ? `${found.slice(0, MOST_NAMED).join('; ')}; and ${found.length - MOST_NAMED} more`
      : found.join('; ');
  };
  switch (decision) {
    case 'fail':
      return `REGRESSED: ${named(['regressed']) || named(['suspect'])}${isSelfCheck ? ', though both sides are the same' : ''}.`;
    case 'incomparable':
      return 'INCOMPARABLE: these runs say nothing of a change.';
    case 'inconclusive':
      return 'INCONCLUSIVE: these runs cannot tell whether something got worse.';
    case 'pass': {
      const improved = named(['improved']);
      if (isSelfCheck) return 'UNCHANGED, as it must be: both sides are the same.';
      if (gated.some(({ accepted }) => accepted !== undefined)) return 'ACCEPTED: what got worse is accepted for now.';
      return improved === ''
        ? 'UNCHANGED: nothing that is gated got worse.'
        : `IMPROVED: ${improved}; nothing got worse.`;
    }
  }
}
