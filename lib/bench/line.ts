/** One line of the benchmark. */
export interface BenchLine {
  readonly title: string;
  readonly value: number;
  readonly unit: '×' | 's' | '/s' | 'bytes' | 'MB';
  /** The value must not be above it; absent where the line only informs. */
  readonly limit?: number;
  readonly detail: string;
}

export function isWithin({ value, limit }: BenchLine): boolean {
  return limit === undefined || value <= limit;
}

export function renderLine(line: BenchLine): string {
  const { title, value, unit, limit, detail } = line;
  const bound = limit === undefined ? 'for information' : `limit ${limit} ${unit}`;
  return `${isWithin(line) ? 'ok  ' : 'OVER'}  ${title}: ${value.toFixed(2)} ${unit} (${bound})\n        ${detail}`;
}
