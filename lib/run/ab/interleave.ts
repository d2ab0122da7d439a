/** One run of two sides that run in turn. */
export interface Turn<Arm> {
  readonly arm: Arm;
  /** From 1. */
  readonly pair: number;
}

/**
 * The order of the runs of some pairs: AB BA AB ..., so that a machine that warms up or slows down favours neither side.
 * @param pairs by their numbers, from 1: whoever comes first changes with each, over several calls too
 */
export function interleave<Arm>(arms: readonly [Arm, Arm], pairs: readonly number[]): Turn<Arm>[] {
  return pairs.flatMap((pair) => (pair % 2 === 1 ? arms : arms.toReversed()).map((arm) => ({ arm, pair })));
}

/** The numbers of the pairs of a look: the second one goes on where the first one ended. */
export function pairsOfLook(look: number, pairsPerLook: number): number[] {
  return Array.from({ length: pairsPerLook }, (_, i) => (look - 1) * pairsPerLook + i + 1);
}
