/** CPU cost of one run, in whatever unit both sides share. */
export type Measure = () => Promise<number>;

export interface Pairs {
  readonly ratios: readonly number[];
  readonly ours: readonly number[];
}

/**
 * Measures two programs in turn after one uncounted run. Who leads a pair alternates, so that a machine that warms up
 * or slows down favours neither.
 */
export async function measurePairs(ours: Measure, bare: Measure, pairs: number): Promise<Pairs> {
  await bare();
  const ratios: number[] = [];
  const own: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    const oursLeads = pair % 2 === 0;
    const first = await (oursLeads ? ours() : bare());
    const second = await (oursLeads ? bare() : ours());
    const [mine, other] = oursLeads ? [first, second] : [second, first];
    ratios.push(mine / other);
    own.push(mine);
  }
  return { ratios, ours: own };
}

/** `1.02 0.98 1.05`. */
export function describeRatios(ratios: readonly number[]): string {
  return ratios.map((ratio) => ratio.toFixed(2)).join(' ');
}
