import type { Comparison } from '../../compare/comparison.ts';
import { nameOf, valueText } from '../../compare/describe.ts';

/**
 * The figures of head for github-action-benchmark (tool `customSmallerIsBetter`), which charts them over commits. Shares
 * are told in percent; goodput is left out, since more of it is better.
 */
export function renderBenchmarkJson({ rows, head }: Comparison): string {
  const entries = rows
    .filter(({ worse, head: value }) => worse !== 'lower' && value !== undefined)
    .map((row) => ({
      name: nameOf(row),
      unit: row.unit === 'share' ? '%' : 'ms',
      value: row.unit === 'share' ? 100 * (row.head ?? 0) : row.head,
      ...(row.noiseCv === undefined || row.head === undefined
        ? {}
        : { range: `± ${valueText(row.noiseCv * row.head, row.unit)}` }),
      extra: `${head.name}, ${head.runs.length} runs`,
    }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
