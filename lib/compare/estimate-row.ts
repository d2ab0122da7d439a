import { present } from '../core/spec/present.ts';
import type { ComparedRow, Design } from './comparison.ts';
import {
  type Estimate,
  estimateAgainstHistory,
  estimateAssumed,
  estimatePairedLog,
  estimatePairedShare,
  estimateShareAgainstHistory,
  estimateUnpaired,
  estimateUnpairedShare,
  type Share,
} from './estimate.ts';
import type { Draft } from './families.ts';
import { differencesOf } from './moments.ts';
import type { NoisePrior } from './noise-prior.ts';
import type { RowDefinition } from './row-definition.ts';
import { type Margins, pairsNeeded, smallestDetectable, testOf } from './state.ts';

export function estimateShares(design: Design, base: readonly Share[], head: readonly Share[]): Estimate | undefined {
  if (design === 'paired') return estimatePairedShare(base, head);
  if (design === 'unpaired') return estimateUnpairedShare(base, head) ?? estimateShareAgainstHistory(base, head);
  return design === 'history' ? estimateShareAgainstHistory(base, head) : undefined;
}

export function estimateLogs(
  design: Design,
  base: readonly number[],
  head: readonly number[],
  prior: NoisePrior | undefined,
  assumedNoiseCv: number | undefined,
): Estimate | undefined {
  const [first, second] = [base[0] ?? 0, head[0] ?? 0];
  switch (design) {
    case 'paired':
      return estimatePairedLog(differencesOf(base, head), prior);
    case 'unpaired':
      return estimateUnpaired(base, head) ?? estimateAgainstHistory(base, head);
    case 'history':
      return estimateAgainstHistory(base, head);
    case 'single':
      return (
        estimatePairedLog([second - first], prior) ??
        (assumedNoiseCv === undefined ? undefined : estimateAssumed(second - first, assumedNoiseCv))
      );
  }
}

interface Estimated {
  readonly definition: RowDefinition;
  readonly row: Omit<ComparedRow, 'state'>;
  readonly estimate: Estimate | undefined;
  readonly margins: Margins;
  readonly alpha: number;
  /** From the scale of the row to what people read. */
  readonly change: (difference: number) => number;
  readonly variance?: number;
  readonly difference?: number;
}

export function withEstimate({
  definition,
  row,
  estimate,
  margins,
  alpha,
  change,
  variance: own,
  difference,
}: Estimated): Draft {
  if (estimate === undefined) {
    const plain = difference ?? (row.head ?? Number.NaN) - (row.base ?? Number.NaN);
    return {
      definition,
      row: { ...row, change: change(plain), reason: 'the noise between runs is unknown' },
      state: 'inconclusive',
    };
  }
  const isEither = definition.worse === 'either';
  const test = testOf(estimate, isEither ? alpha / 2 : alpha);
  const bounds = [change(test.low), change(test.high)].sort((a, b) => a - b) as [number, number];
  const needed = own === undefined ? undefined : pairsNeeded(own, margins, alpha);
  return {
    definition,
    estimate,
    margins,
    test,
    row: {
      ...row,
      change: change(estimate.difference),
      low: bounds[0],
      high: bounds[1],
      pWorse: test.pWorse,
      degreesOfFreedom: Number.isFinite(estimate.degreesOfFreedom) ? estimate.degreesOfFreedom : 1e9,
      smallestDetectable: Math.abs(change(smallestDetectable(estimate, margins.effect, alpha))),
      ...present({ pairsNeeded: needed }),
    },
  };
}
