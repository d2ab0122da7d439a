import type { StoredThreshold } from '../../judge/threshold.ts';

/**
 * Thresholds of metrics that had no sample. k6 takes them as held, and a script may mean it so: that a figure of failed
 * requests stays below a limit holds where none failed. Where another threshold decides the run, k6's word stands, and
 * it is said what it is worth; where none has a sample, nothing was measured.
 */
export function asK6Holds(thresholds: readonly StoredThreshold[], isWhole: boolean): readonly StoredThreshold[] {
  const isDecided = thresholds.some(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (!isWhole || !isDecided) return thresholds;
  return thresholds.map((threshold) =>
    isWithoutSample(threshold) ? { ...threshold, verdict: 'pass', seen: HELD_BY_NONE } : threshold,
  );
}

/** How many thresholds hold because nothing was measured. */
export function heldByNone(thresholds: readonly StoredThreshold[]): number {
  return thresholds.filter(({ seen }) => seen === HELD_BY_NONE).length;
}

const HELD_BY_NONE = 'no sample';

function isWithoutSample({ verdict, actual, toTell }: StoredThreshold): boolean {
  return verdict === 'no_data' && actual === undefined && toTell === undefined;
}
