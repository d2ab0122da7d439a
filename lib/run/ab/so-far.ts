import type { StoredRun } from '../../core/judge/run-summary.ts';
import { counted } from '../../core/spec/words.ts';

/** Both runs of a pair. */
export interface Pair {
  readonly base: Pick<StoredRun, 'totals'>;
  readonly head: Pick<StoredRun, 'totals'>;
}

/**
 * What the pairs so far show, as a hint: the comparison at the end decides, endpoint by endpoint.
 * @param pairs those that count
 * @returns undefined where no pair has a p95 on both sides
 */
export function describeSoFar(pairs: readonly Pair[]): string | undefined {
  const changes = pairs.flatMap(changeOfP95).sort((a, b) => a - b);
  const [least, most] = [changes[0], changes.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const range = changes.length === 1 ? '' : `, pair by pair ${percent(least)} to ${percent(most)}`;
  return `So far (${counted(changes.length, 'pair')}): p95 of head ${percent(medianOf(changes))} against base${range}`;
}

function changeOfP95({ base, head }: Pair): number[] {
  const [before, after] = [base.totals.latencyMs.ok.p95, head.totals.latencyMs.ok.p95];
  return before === undefined || after === undefined || before <= 0 ? [] : [after / before - 1];
}

function medianOf(rising: readonly number[]): number {
  const at = (rising.length - 1) / 2;
  return ((rising[Math.floor(at)] ?? 0) + (rising[Math.ceil(at)] ?? 0)) / 2;
}

/** `+3 %` */
function percent(change: number): string {
  const rounded = Math.round(change * 100);
  return `${rounded > 0 ? '+' : ''}${rounded === 0 ? 0 : rounded} %`;
}
