import { describeStoredThreshold } from '../../core/k6-shapes/judge-stored.ts';
import type { Gate } from './gate.ts';
import { gateRemark, sortRows } from './rows.ts';

/** GitHub shows ten annotations of a kind for a step, and drops the others without a word. */
const MOST = 10;

/** GitHub cuts longer messages. */
const LONGEST = 4000;

/**
 * The verdict as workflow commands of GitHub Actions, one per line: the verdict first, then what is crossed, unreadable
 * and let through; at most ten, the last of which says how many are left out.
 */
export function renderAnnotations(gate: Gate): string[] {
  const { crossed, excused } = sortRows(gate);
  const verdict = command(
    gate.exitCode === 0 ? 'notice' : 'error',
    gate.headline,
    gate.reasons.length > 0 ? gate.reasons.join('\n') : gate.headline,
  );
  const rest = [
    ...crossed.map((row) => command('error', `k6-verdict: ${row.scenario}`, describeStoredThreshold(row))),
    ...gate.unreadable.map(({ name, what, received, todo }) =>
      command('error', `k6-verdict: ${name}`, [what, received, todo].filter((text) => text !== undefined).join('\n')),
    ),
    ...excused.map((row) =>
      command('warning', `k6-verdict: ${row.scenario}`, `${describeStoredThreshold(row)}: ${gateRemark(row)}`),
    ),
  ];
  if (rest.length < MOST) return [verdict, ...rest];
  const shown = rest.slice(0, MOST - 2);
  const more = `${rest.length - shown.length} more are in the step summary`;
  return [verdict, ...shown, command(gate.exitCode === 0 ? 'notice' : 'error', 'k6-verdict', more)];
}

function command(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${escapeProperty(cut(title))}::${escapeData(cut(message))}`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`;
}

/** As GitHub's runner reads them back: https://github.com/actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text
    .replace(/(?![\r\n])\p{Cc}/gu, ' ')
    .replace(/%/g, '%25')
    .replace(/\r/g, '%0D')
    .replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
