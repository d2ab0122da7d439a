import { expectWaiver, isInForce, type Waiver } from '../core/spec/waiver.ts';
import type { ComparedRow, RowMetric } from './comparison.ts';
import { nameOfSubject, type RowSubject } from './row-subject.ts';

/** The policy of a comparison; docs/comparison-procedure.md §2.10 has the defaults. */
export interface ComparisonPolicy {
  /** From this relative change on, one is real. @default 0.05 */
  readonly effect?: number;
  /** No change beyond it may be overlooked. @default 0.1 */
  readonly tolerance?: number;
  /** One-sided level of every test. @default 0.05, and 0.025 where there are two looks */
  readonly alpha?: number;
  /** `suspect` fails for a suspect row, too. @default 'regressed' */
  readonly failOn?: 'regressed' | 'suspect';
  /** Whether `inconclusive` has an exit code of its own. @default false */
  readonly isStrict?: boolean;
  /**
   * Share (0-1) of the machine's CPU time: a run during which it was busier is left out. A machine that generator and
   * target share with others may need more than the default. @default 0.8
   */
  readonly mostBusyShare?: number;
  /** What differs for single rows; the first one that fits counts. */
  readonly rows?: readonly RowPolicy[];
  /** Slowdowns that are intended. */
  readonly accept?: readonly Acceptance[];
  /** The day (UTC, `2026-12-31`) on which acceptances must still be in force; without it none is. */
  readonly today?: string;
}

/** @default of `effect` */
export const DEFAULT_EFFECT = 0.05;

/** The level of every test: two looks share it. */
export function alphaOf({ alpha }: Pick<ComparisonPolicy, 'alpha'>, looks: number): number {
  return alpha ?? (looks > 1 ? 0.025 : 0.05);
}

interface RowName extends RowSubject {
  readonly metric: RowMetric;
}

export interface RowPolicy extends RowName {
  readonly effect?: number;
  readonly tolerance?: number;
  /** Whether the row may fail the comparison. */
  readonly gate?: boolean;
}

/** A change for the worse that need not fail a comparison, until a day and for a reason. */
export interface Acceptance extends RowName, Waiver {}

/** What is said of the p95 of an endpoint or a journey holds for the percentile that decides in its place. */
function names(said: RowName, { metric, endpoint, journey, family }: Row): boolean {
  const isMeant = said.metric === metric || (said.metric === 'p95' && family === 'endpoint latency');
  return isMeant && said.endpoint === endpoint && said.journey === journey;
}

type Row = Pick<ComparedRow, 'metric' | 'endpoint' | 'journey' | 'family'>;

/** What holds for one row. */
export function policyOfRow(
  { effect = DEFAULT_EFFECT, tolerance = 0.1, rows = [] }: ComparisonPolicy,
  row: Row,
): { readonly effect: number; readonly tolerance: number; readonly mayGate: boolean } {
  const own = rows.find((each) => names(each, row));
  return { effect: own?.effect ?? effect, tolerance: own?.tolerance ?? tolerance, mayGate: own?.gate ?? true };
}

/** Why a row need not fail today, if it need not. */
export function acceptanceOf({ accept = [], today }: ComparisonPolicy, row: ComparedRow): Acceptance | undefined {
  return accept.find((each) => names(each, row) && today !== undefined && isInForce(each, today));
}

/** @throws UserError for an acceptance without a reason, or without its last day */
export function expectAcceptances({ accept = [] }: ComparisonPolicy): void {
  for (const each of accept) expectWaiver(`${nameOfSubject(each) ?? 'all'} ${each.metric}`, each);
}
