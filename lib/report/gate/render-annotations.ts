import { describeThreshold } from '../../core/judge/threshold-text.ts';
import { annotation, MOST_ANNOTATIONS } from '../workflow-commands.ts';
import type { Gate } from './gate.ts';
import { gateRemark, otherReasons, sortRows } from './rows.ts';

/**
 * The verdict as workflow commands of GitHub Actions, one per line: the verdict first, then what is crossed, unreadable
 * and only warned of or waived; at most ten, the last of which says how many are left out.
 */
export function renderAnnotations(gate: Gate): string[] {
  const { crossed, excused } = sortRows(gate);
  const verdict = annotation(
    gate.exitCode === 0 ? 'notice' : 'error',
    gate.headline,
    [gate.decision.sentence, ...otherReasons(gate)].join('\n') || gate.headline,
  );
  const rest = [
    ...crossed.map((row) => annotation('error', `k6-verdict: ${row.scenario}`, describeThreshold(row))),
    ...gate.unreadable.map(({ name, what, received, todo }) =>
      annotation(
        'error',
        `k6-verdict: ${name}`,
        [what, received, todo].filter((text) => text !== undefined).join('\n'),
      ),
    ),
    ...excused.map((row) =>
      annotation('warning', `k6-verdict: ${row.scenario}`, `${describeThreshold(row)}: ${gateRemark(row)}`),
    ),
  ];
  if (rest.length < MOST_ANNOTATIONS) return [verdict, ...rest];
  const shown = rest.slice(0, MOST_ANNOTATIONS - 2);
  const more = `${rest.length - shown.length} more are in the step summary`;
  return [verdict, ...shown, annotation(gate.exitCode === 0 ? 'notice' : 'error', 'k6-verdict', more)];
}
