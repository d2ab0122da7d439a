import { deliveryOf, describeDropped } from '../delivery.ts';
import type { K6Threshold, StoredLoad } from '../measured.ts';
import type { StoredRun } from '../run-summary.ts';
import { isMetric, type StoredThreshold, titleOfMetric } from '../threshold.ts';
import { describeHeld, formatActual, formatLimit } from '../threshold-text.ts';
import { formatCount } from '../units.ts';
import { VERDICTS, type Verdict, worstVerdict } from '../verdict.ts';

/** A run that others measured, as far as it can be judged. */
export interface JudgeableRun extends Pick<StoredRun, 'totals' | 'thresholds'> {
  readonly load: StoredLoad;
  /** What k6 found of thresholds that cannot be read. */
  readonly unread?: readonly K6Threshold[];
  /** Why there is nothing to judge by, where there are no thresholds. */
  readonly howToGetThresholds: string;
  /** Endpoints of whose requests it is known that not one was ok. Without an id: of all requests. */
  readonly neverOk: readonly { readonly id?: string; readonly requests: number }[];
}

interface Reason {
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly text: string;
}

/** Decides a run by the thresholds that were stored with it, and by what no threshold may hide. */
export function judgeStored(run: JudgeableRun): Pick<StoredRun, 'verdict' | 'reasons'> {
  const reasons = [...judgeRequests(run), ...judgeThresholds(run), ...judgeAnswers(run), ...judgeLoad(run)];
  const ranked = VERDICTS.flatMap((rank) => reasons.filter(({ verdict }) => verdict === rank));
  const held = describeHeld([...run.thresholds, ...(run.unread ?? []).map(() => ({ verdict: 'pass' as const }))]);
  return {
    verdict: worstVerdict(reasons.map(({ verdict }) => verdict)),
    reasons: ranked.length > 0 ? ranked.map(({ text }) => text) : [held],
  };
}

function judgeRequests({ totals }: JudgeableRun): Reason[] {
  return totals.requests > 0 ? [] : [{ verdict: 'no_data', text: 'no request was counted' }];
}

function judgeThresholds({ thresholds, unread = [], howToGetThresholds }: JudgeableRun): Reason[] {
  if (thresholds.length + unread.length === 0) {
    return [{ verdict: 'no_data', text: `there is no threshold to judge by: ${howToGetThresholds}` }];
  }
  return [
    ...thresholds.flatMap((threshold): Reason[] =>
      threshold.verdict === 'fail' || threshold.verdict === 'no_data'
        ? [{ verdict: threshold.verdict, text: describeStoredThreshold(threshold) }]
        : [],
    ),
    ...unread
      .filter(({ ok }) => !ok)
      .map(
        ({ metric, threshold }): Reason => ({
          verdict: 'fail',
          text: `k6 found a threshold crossed: ${metric}: ${threshold}`,
        }),
      ),
  ];
}

/** Whatever the thresholds leave out: what never answered as expected has not passed. */
function judgeAnswers({ neverOk, thresholds }: JudgeableRun): Reason[] {
  const isKnown = (id: string | undefined) =>
    thresholds.some(({ endpoint, verdict }) => endpoint === id && verdict === 'fail');
  return neverOk
    .filter(({ id, requests }) => requests > 0 && !isKnown(id))
    .map(({ id, requests }) => ({
      verdict: 'fail',
      text: `${id === undefined ? '' : `${id}: `}not one of ${formatCount(requests)} requests was ok`,
    }));
}

function judgeLoad({ totals, load }: JudgeableRun): Reason[] {
  const { iterations, plannedIterations } = load;
  const delivery = deliveryOf(load);
  const reasons: Reason[] = [];
  if (delivery.isTooMuchDropped) reasons.push({ verdict: 'invalid_load', text: describeDropped(delivery) });
  const delivered = iterations?.completed ?? totals.requests;
  if (plannedIterations !== undefined && delivered < plannedIterations) {
    reasons.push({
      verdict: 'invalid_load',
      text: `${formatCount(delivered)} of ${formatCount(plannedIterations)} planned iterations were completed`,
    });
  }
  return reasons;
}

/** `p(95) of http_req_duration: 612 ms, must be < 500 ms (3,000 samples)`. */
export function describeStoredThreshold(threshold: StoredThreshold): string {
  const { metric, title = titleOf(metric), endpoint, operator, limit, unit, actual, samples, verdict } = threshold;
  const isTagged = title.includes('{');
  const subject = `${endpoint === undefined || isTagged ? '' : `${endpoint}: `}${title}`;
  const bound = `must be ${operator} ${unit === 'value' ? limit : formatLimit(limit, unit)}`;
  if (verdict === 'no_data') {
    return `${subject}: ${(samples ?? 0) > 0 ? 'not recorded' : 'nothing was measured'}, ${bound}`;
  }
  if (actual === undefined) return `${subject}: k6 found it crossed, ${bound} (the figure itself was not stored)`;
  const value = unit === 'value' ? Number(actual.toPrecision(6)) : formatActual(actual, limit, unit);
  return `${subject}: ${value}, ${bound}${samples === undefined ? '' : ` (${formatCount(samples)} samples)`}`;
}

/** Our own metrics have a title; of others, their name is one. */
function titleOf(metric: string): string {
  return isMetric(metric) ? titleOfMetric(metric) : metric;
}
