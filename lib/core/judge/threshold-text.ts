import type { Questions } from '../questions/question.ts';
import { formatActual, formatLimit } from '../spec/figure-text.ts';
import { formatCount } from '../spec/units.ts';
import { are, counted } from '../spec/words.ts';
import { isMetric, titleOfMetric } from './metrics.ts';
import { type JudgedThreshold, type StoredThreshold, subjectOf, type ThresholdVerdict } from './threshold.ts';

/**
 * `system-info: p95 of ok replies: 612 ms, must be < 500 ms (3,000 samples)`; of a threshold of k6's own,
 * `p(95) of http_req_duration: 612 ms, must be < 500 ms`.
 */
export function describeThreshold(threshold: StoredThreshold, questions?: Questions): string {
  const {
    metric,
    title = titleOfStored(metric, questions),
    operator,
    limit,
    unit,
    samples,
    toTell,
    verdict,
  } = threshold;
  const isTagged = title.includes('{');
  const judged = subjectOf(threshold);
  const subject = `${judged === undefined || isTagged ? '' : `${judged}: `}${title}`;
  const bound = `must be ${operator} ${formatLimit(limit, unit)}`;
  const value = figureText(threshold);
  if (value === undefined) {
    if (verdict === 'fail') return `${subject}: k6 found it crossed, ${bound} (the figure itself was not stored)`;
    const why = toTell === undefined ? '' : ` (${toTell})`;
    return `${subject}: ${(samples ?? 0) > 0 ? 'not recorded' : 'nothing was measured'}${why}, ${bound}`;
  }
  const count = samples === undefined ? '' : ` (${counted(samples, 'sample')})`;
  return `${subject}: ${value}, ${bound}${toTell === undefined ? '' : `: ${toTell}`}${count}`;
}

/**
 * Whether a reason is that of a threshold, whenever it was written: reasons are stored as texts, and an earlier version
 * may have called the figure otherwise, or shown other digits of it.
 */
export function isOfThreshold(reason: string): boolean {
  return /, must be (?:[<>]=?|[=!]==?) \S/.test(reason);
}

/** What was measured, as it reads beside its limit; undefined where nothing was. */
export function figureText({
  actual,
  seen,
  limit,
  unit,
  samples,
}: Pick<StoredThreshold, 'actual' | 'seen' | 'limit' | 'unit' | 'samples'>): string | undefined {
  return seen ?? (actual === undefined ? undefined : formatActual(actual, limit, unit, samples));
}

/** Our own metrics have a title; of others, their name is one. */
export function titleOfStored(metric: string, questions?: Questions): string {
  return isMetric(metric, questions) ? titleOfMetric(metric, questions) : metric;
}

/** `all 20 thresholds hold`, and which of them are let through although they do not. */
export function describeHeld(thresholds: readonly { readonly verdict: ThresholdVerdict }[]): string {
  const count = (verdict: ThresholdVerdict) => thresholds.filter((each) => each.verdict === verdict).length;
  const excused = [
    ...(count('warn') > 0 ? [`${formatCount(count('warn'))} only ${count('warn') === 1 ? 'warns' : 'warn'}`] : []),
    ...(count('waived') > 0 ? [`${formatCount(count('waived'))} ${are(count('waived'))} waived`] : []),
    ...(count('idle') > 0 ? [`${formatCount(count('idle'))} cannot be crossed`] : []),
  ];
  if (excused.length > 0) {
    return `${formatCount(count('pass'))} of ${formatCount(thresholds.length)} thresholds hold; of the others ${excused.join(', and ')}`;
  }
  return thresholds.length === 1 ? 'the one threshold holds' : `all ${formatCount(thresholds.length)} thresholds hold`;
}

/** Why a threshold decides nothing: `only warns`, `waived until 2026-12-31: PERF-12`. */
export function describeExcuse({ verdict, waiver }: Pick<JudgedThreshold, 'verdict' | 'waiver'>): string | undefined {
  if (verdict === 'warn') return 'only warns';
  if (verdict === 'idle') return 'holds whatever the service does';
  return verdict === 'waived' && waiver !== undefined ? `waived until ${waiver.until}: ${waiver.reason}` : undefined;
}
