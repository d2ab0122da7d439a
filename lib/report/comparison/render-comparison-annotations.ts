import type { Comparison } from '../../compare/comparison.ts';
import { describeChange } from '../../compare/describe.ts';
import { isGated } from '../../compare/gated.ts';
import { annotation, MOST_ANNOTATIONS } from '../workflow-commands.ts';

/** The comparison as workflow commands of GitHub Actions: the decision first, then what is gated and got worse. */
export function renderComparisonAnnotations(comparison: Comparison): string[] {
  const { decision, headline, reasons, rows, scenario, exitCode } = comparison;
  const isError = decision === 'fail' || exitCode !== 0;
  const kind = isError ? 'error' : decision === 'inconclusive' ? 'warning' : 'notice';
  const gated = rows.filter(isGated);
  const rest = gated
    .filter(({ state, accepted }) => accepted === undefined && (state === 'regressed' || state === 'suspect'))
    .toSorted((a, b) => Number(b.state === 'regressed') - Number(a.state === 'regressed'))
    .map((row) =>
      annotation(
        row.state === 'regressed' && isError ? 'error' : 'warning',
        `k6-verdict: ${scenario}`,
        describeChange(row),
      ),
    );
  const first = annotation(kind, headline, reasons.length > 0 ? reasons.join('\n') : headline);
  if (rest.length < MOST_ANNOTATIONS) return [first, ...rest];
  const shown = rest.slice(0, MOST_ANNOTATIONS - 2);
  return [
    first,
    ...shown,
    annotation(kind, 'k6-verdict', `${rest.length - shown.length} more are in the step summary`),
  ];
}
