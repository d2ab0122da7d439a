import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { valueText } from '../../compare/describe.ts';
import { nameOfSubject } from '../../compare/row-subject.ts';
import { present } from '../../core/spec/present.ts';

/**
 * The figures of head for github-action-benchmark (tool `customSmallerIsBetter`), which charts them over commits. Shares
 * are told in percent; goodput is left out, since more of it is better.
 */
export function renderBenchmarkJson({ rows, head, decision }: Comparison): string {
  const entries = (decision === 'incomparable' ? [] : rows)
    .filter(({ worse, head: value }) => worse !== 'lower' && value !== undefined)
    .map((row) => ({
      name: stableName(row),
      unit: row.unit === 'share' ? '%' : 'ms',
      value: row.unit === 'share' ? 100 * (row.head ?? 0) : row.head,
      ...present({ range: rangeOf(row) }),
      extra: `${head.name}, ${head.runs.length} runs`,
    }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

/** `services p95`, `p95-geomean`: a chart goes on for as long as its name stays, so no title of words is in it. */
function stableName({ metric, ...row }: ComparedRow): string {
  return [nameOfSubject(row), metric].filter((part) => part !== undefined).join(' ');
}

function rangeOf({ noiseCv, head, unit }: ComparedRow): string | undefined {
  return noiseCv === undefined || head === undefined ? undefined : `± ${valueText(noiseCv * head, unit)}`;
}
