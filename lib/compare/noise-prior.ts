import digamma from '@stdlib/math-base-special-digamma';
import polygamma from '@stdlib/math-base-special-polygamma';
import trigamma from '@stdlib/math-base-special-trigamma';
import { mean, variance } from './moments.ts';

/** What is known of the noise of a row beside its own runs: a variance, and how many observations it is worth. */
export interface NoisePrior {
  readonly variance: number;
  readonly degreesOfFreedom: number;
  /** `history`: earlier pairs of base against base. `rows`: the other rows of the same kind in this comparison. */
  readonly source: 'history' | 'rows';
}

const FEWEST_PAIRS = 5;
const MOST_FROM_PAIRS = 20;
const FEWEST_ROWS = 8;
const MOST_FROM_ROWS = 30;

/** The prior of a row from the differences of earlier pairs of base against base. */
export function priorFromHistory(differences: readonly number[]): NoisePrior | undefined {
  if (differences.length < FEWEST_PAIRS) return undefined;
  return {
    variance: variance(differences),
    degreesOfFreedom: Math.min(differences.length - 1, MOST_FROM_PAIRS),
    source: 'history',
  };
}

/**
 * The prior that rows of one kind give each other (Smyth 2004, limma's squeezeVar;
 * docs/comparison-procedure.md §2.5).
 * @param variances one per row, each with `degreesOfFreedom`
 */
export function priorFromRows(variances: readonly number[], degreesOfFreedom: number): NoisePrior | undefined {
  if (variances.length < FEWEST_ROWS || degreesOfFreedom < 1) return undefined;
  const half = degreesOfFreedom / 2;
  const e = variances.map((each) => Math.log(each) - digamma(half) + Math.log(half));
  const spread = variance(e) - trigamma(half);
  const d0 = spread > 0 ? 2 * inverseTrigamma(spread) : Number.POSITIVE_INFINITY;
  const center = mean(e);
  return {
    variance: Number.isFinite(d0) ? Math.exp(center + digamma(d0 / 2) - Math.log(d0 / 2)) : Math.exp(center),
    degreesOfFreedom: Math.min(d0, MOST_FROM_ROWS),
    source: 'rows',
  };
}

/** The x with ψ′(x) = y, by Newton's method on 1/ψ′, from ½ + 1/y. */
export function inverseTrigamma(y: number): number {
  let x = 0.5 + 1 / y;
  for (let i = 0; i < 100; i += 1) {
    const at = trigamma(x);
    const step = (at * (1 - at / y)) / polygamma(2, x);
    x += step;
    if (Math.abs(step / x) < 1e-8) break;
  }
  return x;
}
