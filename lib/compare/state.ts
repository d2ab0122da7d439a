import { tQuantile, tUpperTail } from './distributions.ts';
import type { Estimate } from './estimate.ts';

/**
 * What became of a row. `suspect`: worse by its own p-value, not by that of its family. `confounded`: failures changed,
 * and what fails fast improves a latency.
 */
export type RowState =
  | 'regressed'
  | 'improved'
  | 'changed'
  | 'suspect'
  | 'unchanged'
  | 'inconclusive'
  | 'confounded'
  | 'incomparable'
  | 'added'
  | 'removed';

/** On the scale of the row: from `effect` a change is real, below `tolerance` none is worth stopping for. */
export interface Margins {
  readonly effect: number;
  readonly tolerance: number;
}

export interface Decided {
  /** The smallest and the largest difference that the data allow, each with probability α beyond it. */
  readonly low: number;
  readonly high: number;
  readonly pWorse: number;
  readonly pBetter: number;
}

/** The interval and the p-values of an estimate (docs/comparison-procedure.md §2.4 and §2.6). */
export function testOf({ difference, standardError, degreesOfFreedom }: Estimate, alpha: number): Decided {
  const reach = tQuantile(1 - alpha, degreesOfFreedom) * standardError;
  const t = difference / standardError;
  return {
    low: difference - reach,
    high: difference + reach,
    pWorse: tUpperTail(t, degreesOfFreedom),
    pBetter: tUpperTail(-t, degreesOfFreedom),
  };
}

/** The margins of a logarithm. @param absoluteFloor the change of the value itself that is too small to matter */
export function logMargins(
  baseGeometricMean: number,
  absoluteFloor: number,
  effect: number,
  tolerance: number,
): Margins {
  const least = Math.max(Math.log(1 + effect), Math.log(1 + absoluteFloor / Math.max(baseGeometricMean, 1e-3)));
  return { effect: least, tolerance: Math.max(Math.log(1 + tolerance), least) };
}

/** The margins of a share: a tenth of a percentage point, or a tenth of it. */
export function shareMargins(baseShare: number): Margins {
  const effect = Math.max(0.001, 0.1 * baseShare);
  return { effect, tolerance: 2 * effect };
}

/**
 * The state of a row; the first rule that matches wins (§2.6 of the procedure).
 * @param adjusted the p-values within the family of the row
 * @param isEither where neither direction is the worse one: α is halved, and a change is `changed`
 */
export function stateOf(
  difference: number,
  { low, high, pWorse, pBetter }: Decided,
  adjusted: { readonly pWorse: number; readonly pBetter: number },
  { effect, tolerance }: Margins,
  alpha: number,
  isEither = false,
): RowState {
  const level = isEither ? alpha / 2 : alpha;
  const rose = difference >= effect;
  const fell = difference <= -effect;
  if (adjusted.pWorse <= level && rose) return isEither ? 'changed' : 'regressed';
  if (adjusted.pBetter <= level && fell) return isEither ? 'changed' : 'improved';
  if ((pWorse <= level && rose) || (isEither && pBetter <= level && fell)) return 'suspect';
  return low > -tolerance && high < tolerance ? 'unchanged' : 'inconclusive';
}

/**
 * The smallest true change that so many pairs find four times in five, on the scale of the row (§2.9 of the
 * procedure).
 */
export function smallestDetectable(
  { standardError, degreesOfFreedom }: Estimate,
  effect: number,
  alpha: number,
): number {
  const reach = tQuantile(1 - alpha, degreesOfFreedom) + tQuantile(0.8, degreesOfFreedom);
  return Math.max(reach * standardError, effect + 0.84 * standardError);
}

const MOST_PAIRS = 100;

/** How many pairs would detect a change of the tolerance, with the noise that was met; undefined beyond 100. */
export function pairsNeeded(variance: number, { effect, tolerance }: Margins, alpha: number): number | undefined {
  for (let n = 2; n <= MOST_PAIRS; n += 1) {
    const estimate = { difference: 0, standardError: Math.sqrt(variance / n), degreesOfFreedom: n - 1 };
    if (smallestDetectable(estimate, effect, alpha) <= tolerance) return n;
  }
  return undefined;
}
