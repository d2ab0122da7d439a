import type { ThresholdVerdict } from './threshold.ts';

interface Judged {
  readonly verdict: ThresholdVerdict;
}

/** What a reader should see first stands first. */
const ORDER: readonly ThresholdVerdict[] = ['fail', 'no_data', 'waived', 'warn', 'pass', 'idle'];

/** For sorting: what failed, what was not measured, what is excused, what holds. */
export function byVerdict(a: Judged, b: Judged): number {
  return ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict);
}

/** Whether a threshold decides nothing, whether or not it holds. */
export function isExcused({ verdict }: { readonly verdict: string }): boolean {
  return verdict === 'warn' || verdict === 'waived' || verdict === 'idle';
}
