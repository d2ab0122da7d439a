/** A figure as it stands in a file, without the digits of rounding errors. */
export function formatPlain(value: number): string {
  return `${Number(value.toPrecision(12))}`;
}
