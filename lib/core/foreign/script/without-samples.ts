import type { StoredThreshold } from '../../judge/threshold.ts';

/**
 * Thresholds of metrics that had no sample. k6 takes most of them as held, and a script may mean it so: that a figure of
 * failed requests stays below a limit holds where none failed. Where another threshold decides the run, that stands, and
 * it is said what it is worth; where none has a sample, nothing was measured.
 */
export function asK6Holds(thresholds: readonly StoredThreshold[], isWhole: boolean): readonly StoredThreshold[] {
  const isDecided = thresholds.some(({ verdict }) => verdict === 'pass' || verdict === 'fail');
  if (!isWhole || !isDecided) return thresholds;
  return thresholds.map((threshold) => {
    if (!isWithoutSample(threshold)) return threshold;
    return { ...threshold, verdict: threshold.verdict === 'fail' ? 'fail' : 'pass', seen: NO_SAMPLE };
  });
}

/** How many thresholds hold because nothing was measured. */
export function heldByNone(thresholds: readonly StoredThreshold[]): number {
  return thresholds.filter(({ seen, verdict }) => seen === NO_SAMPLE && verdict === 'pass').length;
}

const NO_SAMPLE = 'no sample';

function isWithoutSample({ verdict, actual, seen, toTell }: StoredThreshold): boolean {
  const isOpen = verdict === 'no_data' || verdict === 'fail';
  return isOpen && actual === undefined && seen === undefined && toTell === undefined;
}
