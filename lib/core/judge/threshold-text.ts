import type { Questions } from '../questions/question.ts';
import { formatCount, formatMs, formatShare } from '../spec/units.ts';
import { isMetric, titleOfMetric } from './metrics.ts';
import type { JudgedThreshold, StoredThreshold, ThresholdVerdict } from './threshold.ts';

/**
 * `system-info: p95 of ok replies: 612 ms, must be < 500 ms (3,000 samples)`; of a threshold of k6's own,
 * `p(95) of http_req_duration: 612 ms, must be < 500 ms`.
 */
export function describeThreshold(threshold: StoredThreshold, questions?: Questions): string {
  const {
    metric,
    title = titleOfStored(metric, questions),
    endpoint,
    operator,
    limit,
    unit,
    actual,
    samples,
    verdict,
  } = threshold;
  const isTagged = title.includes('{');
  const subject = `${endpoint === undefined || isTagged ? '' : `${endpoint}: `}${title}`;
  const bound = `must be ${operator} ${unit === 'value' ? limit : formatLimit(limit, unit)}`;
  if (actual === undefined) {
    if (verdict === 'fail') return `${subject}: k6 found it crossed, ${bound} (the figure itself was not stored)`;
    return `${subject}: ${(samples ?? 0) > 0 ? 'not recorded' : 'nothing was measured'}, ${bound}`;
  }
  const value = unit === 'value' ? Number(actual.toPrecision(6)) : formatActual(actual, limit, unit);
  return `${subject}: ${value}, ${bound}${samples === undefined ? '' : ` (${formatCount(samples)} samples)`}`;
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
    ...(count('waived') > 0 ? [`${formatCount(count('waived'))} ${count('waived') === 1 ? 'is' : 'are'} waived`] : []),
  ];
  if (excused.length > 0) {
    return `${formatCount(count('pass'))} of ${formatCount(thresholds.length)} thresholds hold; of the others ${excused.join(', and ')}`;
  }
  return thresholds.length === 1 ? 'the one threshold holds' : `all ${formatCount(thresholds.length)} thresholds hold`;
}

/** Why a crossed threshold decides nothing: `only warns`, `waived until 2026-12-31: PERF-12`. */
export function describeExcuse({ verdict, waiver }: Pick<JudgedThreshold, 'verdict' | 'waiver'>): string | undefined {
  if (verdict === 'warn') return 'only warns';
  return verdict === 'waived' && waiver !== undefined ? `waived until ${waiver.until}: ${waiver.reason}` : undefined;
}

/** A limit as it was written. */
export function formatLimit(limit: number, unit: JudgedThreshold['unit']): string {
  if (unit === 'ms') return `${limit} ms`;
  if (unit === 'perSecond') return `${limit}/s`;
  if (unit === 'seconds') return `${limit} s`;
  return unit === 'share' ? `${Number((limit * 100).toFixed(6))} %` : formatCount(limit);
}

/** Rounded as for people, unless that made the value look like a limit that it is not. */
export function formatActual(actual: number, limit: number, unit: JudgedThreshold['unit']): string {
  const text = formatValue(actual, unit);
  if (unit !== 'ms' && unit !== 'share') return text;
  if (actual === limit || !readsLike(text, limit, unit)) return text;
  return unit === 'ms' ? `${actual} ms` : `${Number((actual * 100).toPrecision(12))} %`;
}

function readsLike(text: string, limit: number, unit: 'ms' | 'share'): boolean {
  const number = Number(/[\d.]+/.exec(text)?.[0]);
  if (unit === 'ms') return number * (text.endsWith(' s') ? 1000 : 1) === limit;
  return text === formatValue(limit, unit) || number === Number((limit * 100).toFixed(6));
}

export function formatValue(value: number, unit: JudgedThreshold['unit']): string {
  if (unit === 'ms') return formatMs(value);
  if (unit === 'perSecond') return `${Number(value.toPrecision(4))}/s`;
  if (unit === 'seconds') return `${Number(value.toFixed(2))} s`;
  return unit === 'share' ? formatShare(value) : formatCount(value);
}
