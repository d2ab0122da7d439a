/** Of many points those at equal distances, and the last one: enough for a chart. */
export function thinned<T>(points: readonly T[], most: number): T[] {
  const step = Math.ceil(points.length / most);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}
