/** Whether values rise with their order. */
export interface Trend {
  /** Of all pairs, the share (0-1) whose later value is the greater one. */
  readonly risingShare: number;
  /** Positive when values rise: how many standard deviations from what chance makes of values without a trend. */
  readonly deviate: number;
}

/**
 * The Mann-Kendall test (Mann 1945, Kendall 1975) without a correction for ties, which only makes it more careful:
 * S = number of rising minus falling pairs, Var S = n(n-1)(2n+5)/18, deviate = (S - sign S) / √Var S.
 */
export function trendOf(values: readonly number[]): Trend {
  const n = values.length;
  let rising = 0;
  let falling = 0;
  for (const [i, later] of values.entries()) {
    for (const earlier of values.slice(0, i)) {
      if (later > earlier) rising += 1;
      else if (later < earlier) falling += 1;
    }
  }
  const s = rising - falling;
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const pairs = (n * (n - 1)) / 2;
  return {
    risingShare: pairs === 0 ? 0 : rising / pairs,
    deviate: deviation === 0 ? 0 : (s - Math.sign(s)) / deviation,
  };
}
