import { scriptFactsIn } from '../../core/judge/script/script-facts.ts';
import { OWN_METRICS } from '../../core/measure/k6-metrics.ts';
import type { Watches } from '../../core/measure/record/course.ts';
import { boundsOf, EMPTY_HISTOGRAM, type Histogram } from '../../core/measure/record/histogram.ts';
import { HistogramSum, histogramOfBuckets, mergeHistograms } from '../../core/measure/record/histogram-sum.ts';
import { WATCHES } from '../../core/measure/record/over-time.ts';
import type { PeriodEntry, PeriodLine, SeriesLine, StartLine } from '../../core/measure/record/record-format.ts';
import { watchesOfScript } from '../../core/measure/record/requests-of-script.ts';
import { quantileOf } from '../../core/measure/record/trend-quantiles.ts';
import { present } from '../../core/spec/present.ts';

/** The requests of the load up to a moment. */
export interface Tally {
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly requests: number;
  readonly ok: number;
  /** Replies of status 429: a rate limit may be meant to give them. */
  readonly limited: number;
  /** How long successful responses took, in milliseconds. */
  readonly okMs: Histogram;
}

/** What happened between two moments. */
export interface Stretch {
  readonly seconds: number;
  readonly requests: number;
  /** Neither successful nor refused by a rate limit. */
  readonly failed: number;
  readonly limited: number;
  /** Absent without a successful response. */
  readonly okP95Ms?: number;
}

export function stretchBetween(before: Tally, now: Tally): Stretch {
  const requests = now.requests - before.requests;
  const limited = now.limited - before.limited;
  return {
    seconds: (now.atMs - before.atMs) / 1000,
    requests,
    limited,
    failed: requests - (now.ok - before.ok) - limited,
    ...present({ okP95Ms: p95Of(without(now.okMs, before.okMs)) }),
  };
}

function without(all: Histogram, earlier: Histogram): Histogram {
  const left = new HistogramSum();
  left.addHistogram(all);
  for (let i = 0; i < earlier.places.length; i++) left.add(earlier.places[i] as number, -(earlier.counts[i] as number));
  return left.sealed();
}

function p95Of(histogram: Histogram): number | undefined {
  const { count, places } = histogram;
  if (count === 0) return undefined;
  const [min] = boundsOf(places[0] as number);
  const [, max] = boundsOf(places.at(-1) as number);
  return quantileOf({ count, sum: 0, min, max, histogram, beyond: [] }, 0.95);
}

/** What the samples of a series are. */
interface Role {
  readonly isRequest: boolean;
  readonly isOk: boolean;
  readonly isLimited: boolean;
  /** Whether it has the latency of successful responses. */
  readonly hasOkMs: boolean;
  /** Whether it counts replies whose status was as expected, and their content was not. */
  readonly isWrongContent: boolean;
}

export const NO_REQUESTS: Tally = { atMs: 0, requests: 0, ok: 0, limited: 0, okMs: EMPTY_HISTOGRAM };

/** Counts the requests of a load while its record grows: those before the load and of a warm-up are not among them. */
export class RequestTally {
  readonly #watches: Watches;
  readonly #checksContent: boolean;
  readonly #roles = new Map<string, Role>();
  #fixed: Tally;

  /** @param checksContent whether the script says what is ok, since the contents of replies are checked */
  constructor(start: StartLine, checksContent: boolean) {
    this.#watches = scriptFactsIn(start) === undefined ? WATCHES : watchesOfScript(start);
    this.#checksContent = checksContent;
    this.#fixed = { ...NO_REQUESTS, atMs: start.atMs };
  }

  addSeries(series: SeriesLine): void {
    const { requests, checked } = this.#watches;
    const isRequest = requests?.matches(series) === true;
    const isOk = isRequest && requests.keepsHistogram?.(series) === true;
    const isChecked = this.#checksContent && checked?.matches(series) === true;
    const isUnchecked = isOk && (!this.#checksContent || series.tags.endpoint === undefined);
    const role: Role = {
      isRequest,
      isOk,
      isLimited: isRequest && requests.cellOf?.(series) === 'rate_limited',
      hasOkMs: isUnchecked || (isChecked && series.metric === OWN_METRICS.okDuration),
      isWrongContent: isChecked && series.kind === 'counter',
    };
    if (Object.values(role).includes(true)) this.#roles.set(String(series.id), role);
  }

  /** A period that is over. */
  addPeriod(period: PeriodLine): void {
    this.#fixed = this.#with(period);
  }

  /** @param open what was counted since the last period that is over */
  upTo(open: PeriodLine | undefined): Tally {
    return open === undefined ? this.#fixed : this.#with(open);
  }

  #with({ toMs, series }: PeriodLine): Tally {
    let { requests, ok, limited } = this.#fixed;
    const okMs = [this.#fixed.okMs];
    for (const [id, entry] of Object.entries(series)) {
      const role = this.#roles.get(id);
      if (role === undefined) continue;
      const [first] = entry as readonly number[];
      const count = first ?? 0;
      if (role.isRequest) requests += count;
      if (role.isOk) ok += count;
      if (role.isLimited) limited += count;
      if (role.isWrongContent) ok -= count;
      if (role.hasOkMs) okMs.push(histogramOfBuckets(bucketsOf(entry)));
    }
    return { atMs: toMs, requests, ok, limited, okMs: mergeHistograms(okMs) };
  }
}

/** Of a trend. WebSockets and calls have the same shape. */
function bucketsOf(entry: PeriodEntry): readonly number[] {
  return (entry[4] as readonly number[] | undefined) ?? [];
}
