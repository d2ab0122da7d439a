import { RUN_VERDICT } from '../judge/k6-summary/k6-words.ts';
import type { StoredThreshold } from '../judge/threshold.ts';
import type { K6Threshold } from '../measure/measured.ts';
import { formatPlain } from '../spec/plain.ts';
import { present } from '../spec/present.ts';
import { type Expression, isIdle } from './idle-threshold.ts';
import { rankOf } from './impossible.ts';
import {
  areSame,
  baseOf,
  findMetric,
  type K6File,
  type K6FileMetric,
  type K6FileThreshold,
  type Tags,
  tagsOf,
} from './k6-file.ts';
import { countTagged, measureRequests } from './measure-requests.ts';
import { isOwn } from './own-summary.ts';
import { readOwnThreshold } from './own-threshold.ts';
import { endpointOf } from './read-endpoints.ts';
import { metricWithoutSecrets } from './without-secrets.ts';

export interface ReadThresholds {
  readonly thresholds: readonly StoredThreshold[];
  /** As k6 found them, in a stable order. */
  readonly k6Thresholds: readonly K6Threshold[];
  /** Those whose expression is in no form that k6 2 knows: nothing but k6's word is known of them. */
  readonly unread: readonly K6Threshold[];
}

/**
 * The thresholds that k6 stored with its summary.
 * @param unsound names of metrics whose figures cannot be
 */
export function readThresholds(file: K6File, unsound: ReadonlySet<string> = new Set()): ReadThresholds {
  const isOurs = isOwn(file);
  const stored = [...file.metrics]
    .filter(([name]) => !(isOurs && baseOf(name) === RUN_VERDICT))
    .flatMap(([name, metric]) => metric.thresholds.map((threshold) => ({ name, metric, threshold })))
    .sort((a, b) => (a.name + a.threshold.expression < b.name + b.threshold.expression ? -1 : 1))
    .map(({ name, metric, threshold }) => ({
      k6: { metric: metricWithoutSecrets(name), threshold: threshold.expression, ok: threshold.holds },
      judged: readThreshold(file, name, { ...metric, isSound: !unsound.has(name) }, threshold),
    }));
  return {
    thresholds: stored.flatMap(({ judged }) => judged ?? []),
    k6Thresholds: stored.map(({ k6 }) => k6),
    unread: stored.flatMap(({ k6, judged }) => (judged === undefined ? k6 : [])),
  };
}

function readThreshold(
  file: K6File,
  name: string,
  metric: K6FileMetric & { readonly isSound: boolean },
  { expression, holds, isFinal = false, toTell }: K6FileThreshold,
): StoredThreshold | undefined {
  const parsed = parseExpression(expression);
  if (parsed === undefined) return undefined;
  const ours = isOwn(file)
    ? readOwnThreshold(file, name, { metric, isSound: metric.isSound, holds }, parsed)
    : undefined;
  if (ours !== undefined) return ours;
  const { statistic, operator, limit } = parsed;
  const samples = countSamples(file, name, metric);
  const isMeasured = samples === undefined ? isAnythingMeasured(file, name, metric) : samples > 0;
  const actual = isMeasured ? actualOf(metric, statistic) : undefined;
  const endpoint = endpointOf(name);
  // k6 can have ended the run at a threshold that held again once the last replies were in, and the other way round.
  const beyond = isMeasured && actual === undefined ? surelyBeyond(metric, parsed) : undefined;
  const isSeen = beyond !== undefined || (actual !== undefined && !isWithin(actual, operator, limit));
  const isCrossed = !holds || (isSeen && !isFinal);
  // That k6 found something crossed stands, also where there is no figure to show.
  const isJudged = !holds || (isMeasured && toTell === undefined && (isCrossed || metric.isSound));
  const verdict = isJudged ? (isCrossed ? 'fail' : 'pass') : 'no_data';
  return {
    metric: metricWithoutSecrets(name),
    title: `${statistic} of ${metricWithoutSecrets(name)}`,
    ...present({ endpoint }),
    operator,
    limit,
    unit: unitOf(metric, statistic),
    ...present({ toTell: toTell ?? (isMeasured && !isJudged ? 'this figure cannot be' : undefined) }),
    ...present({ actual, seen: beyond, samples, okActual: okActualOf(file, name, statistic, actual) }),
    verdict: !isCrossed && isIdle(name, metric, parsed, file.durationSeconds) ? 'idle' : verdict,
  };
}

/** k6 judges the durations of requests with those that failed, unless a threshold names the expected ones. */
function okActualOf(file: K6File, name: string, statistic: string, actual: number | undefined): number | undefined {
  const tags = tagsOf(name);
  if (!isJudgedOnAll(name) || actual === undefined) return undefined;
  const ok = measureRequests(file, tags)?.outcomes.ok ?? 0;
  const expected = findMetric(file, baseOf(name), { ...tags, expected_response: 'true' });
  const figure = expected === undefined || ok === 0 ? undefined : actualOf(expected, statistic);
  return figure === actual ? undefined : figure;
}

/** Whether a metric is of all requests, failed ones too. */
export function isJudgedOnAll(name: string): boolean {
  return /^http_req_(?!failed$)\w+$/.test(baseOf(name)) && !('expected_response' in tagsOf(name));
}

const EXPRESSION =
  /^\s*(count|rate|value|avg|min|med|max|p\(\s*\d+(?:\.\d+)?\s*\))\s*(<=|>=|===|==|!=|<|>)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*$/i;

/** `p(95)<500`: the only form of k6's thresholds since 0.38. */
export function parseExpression(expression: string): Expression | undefined {
  const [, statistic, operator, limit] = EXPRESSION.exec(expression) ?? [];
  if (statistic === undefined || operator === undefined || limit === undefined) return undefined;
  return {
    statistic: statistic.replace(/\s/g, ''),
    operator: operator === '===' ? '==' : (operator as Expression['operator']),
    limit: Number(limit),
  };
}

/** A percentile that the file leaves out lies between those that it has: by them it can be beyond its limit. */
function surelyBeyond({ kind, isTime, values }: K6FileMetric, { statistic, operator, limit }: Expression) {
  const rank = rankOf(statistic);
  if (kind !== 'trend' || rank === undefined) return undefined;
  const known = Object.entries(values).map(([stat, value]) => ({ rank: rankOf(stat) ?? Number.NaN, value }));
  const least = Math.max(...known.filter((each) => each.rank <= rank).map(({ value }) => value));
  const most = Math.min(...known.filter((each) => each.rank >= rank).map(({ value }) => value));
  const unit = isTime ? ' ms' : '';
  if (operator.startsWith('<') && Number.isFinite(least) && !isWithin(least, operator, limit))
    return `at least ${formatPlain(least)}${unit}`;
  if (operator.startsWith('>') && Number.isFinite(most) && !isWithin(most, operator, limit))
    return `at most ${formatPlain(most)}${unit}`;
  return undefined;
}

export function isWithin(actual: number, operator: StoredThreshold['operator'], limit: number): boolean {
  switch (operator) {
    case '<':
      return actual < limit;
    case '<=':
      return actual <= limit;
    case '>':
      return actual > limit;
    case '>=':
      return actual >= limit;
    case '==':
      return actual === limit;
    case '!=':
      return actual !== limit;
  }
}

function unitOf({ kind, isTime }: K6FileMetric, statistic: string): StoredThreshold['unit'] {
  if (kind === 'trend') return isTime ? 'ms' : 'value';
  if (kind === 'rate') return 'share';
  return statistic === 'count' ? 'count' : 'value';
}

/** `med` and `p(50)` are one figure, of which a file names one. */
function actualOf({ values }: K6FileMetric, statistic: string): number | undefined {
  const sameAs: Readonly<Record<string, string>> = { med: 'p(50)', 'p(50)': 'med', 'p(0)': 'min', 'p(100)': 'max' };
  return values[statistic] ?? values[sameAs[statistic] ?? statistic];
}

/** What a figure is made of, where the file says it. A counter is made of the requests among which it counts. */
function countSamples(file: K6File, name: string, { kind, values }: K6FileMetric): number | undefined {
  const base = baseOf(name);
  const tags = tagsOf(name);
  if (kind === 'rate') return (values.passes ?? 0) + (values.fails ?? 0);
  if (base === 'http_reqs') return countTagged(file, withoutReplies(tags));
  if (kind !== 'trend') return undefined;
  if (values.count !== undefined) return values.count;
  if (base === 'iteration_duration') return findCount(file, 'iterations', name);
  return base.startsWith('http_req_') ? countReplies(file, tags) : undefined;
}

/** How often there was none of some replies is a figure too: it is made of all the requests that could have had them. */
function withoutReplies({ status: _, error_code: __, error: ___, expected_response: ____, ...tags }: Tags): Tags {
  return tags;
}

function countReplies(file: K6File, { expected_response: expected, ...tags }: Tags): number | undefined {
  if (expected === undefined) return countTagged(file, tags);
  const all = measureRequests(file, tags);
  if (all === undefined || !all.isFailureKnown) return undefined;
  const ok = all.outcomes.ok ?? 0;
  return expected === 'true' ? ok : all.requests - ok;
}

function findCount({ metrics }: K6File, base: string, name: string): number | undefined {
  return metrics.get(name.replace(baseOf(name), base))?.values.count;
}

/**
 * Where samples are not counted: k6 writes 0 for every figure of a trend that has none; a counter or a gauge says what
 * it says, as long as the run did anything at all.
 */
function isAnythingMeasured(file: K6File, name: string, { kind, values }: K6FileMetric): boolean {
  if (kind === 'trend') return hasFigures(values) || isZeroOfAPage(file, name);
  const done = (countTagged(file, {}) ?? 0) + (file.metrics.get('iterations')?.values.count ?? 0);
  return done > 0 || Object.values(values).some((value) => value !== 0);
}

function hasFigures(values: K6FileMetric['values']): boolean {
  return Object.values(values).some((value) => value !== 0);
}

/** A page that nothing moved on has a layout shift of 0: that it was looked at is seen by its other vitals. */
function isZeroOfAPage({ metrics }: K6File, name: string): boolean {
  const isVital = (metric: string) => baseOf(metric).startsWith('browser_web_vital_');
  return (
    isVital(name) &&
    [...metrics].some(
      ([other, { values }]) => isVital(other) && areSame(tagsOf(other), tagsOf(name)) && hasFigures(values),
    )
  );
}
