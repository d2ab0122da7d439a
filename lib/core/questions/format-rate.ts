/** `149/s`. */
export function formatRate(perSecond: number): string {
  return `${Number(perSecond.toPrecision(4))}/s`;
}
