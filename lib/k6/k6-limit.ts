import type { CountedLimit, Stop } from '../core/measure/record/recorder-config.ts';
import { selectedOf } from '../core/measure/record/selected.ts';
import { present } from '../core/spec/present.ts';

/** A limit on one of k6's metrics, which k6 or the recorder can hold while the load runs. */
export interface K6Limit {
  /** With its tags, as k6 names it. */
  readonly metric: string;
  readonly aggregate: Stop['aggregate'];
  readonly operator: Stop['operator'];
  readonly limit: number;
  /** Of a metric of the author's, the kind that it must have. */
  readonly kind?: Stop['kind'];
  /** It ends the run when it is crossed, once the run is so old. Absent: it is only judged. */
  readonly endsAfterSeconds?: number;
}

const AGGREGATES: Readonly<Record<Stop['aggregate'], string>> = {
  p50: 'med',
  p95: 'p(95)',
  p99: 'p(99)',
  max: 'max',
  mean: 'avg',
  rate: 'rate',
  count: 'count',
};

/** As k6 writes it among its thresholds. */
export function expressionOf({ aggregate, operator, limit }: K6Limit): string {
  return `${AGGREGATES[aggregate]}${operator}${limit}`;
}

/** For the recorder, of a limit that ends the run. */
export function stopOf(limit: K6Limit, afterSeconds: number): Stop {
  const { metric, aggregate, operator, kind, limit: value } = limit;
  const name = `${metric}: ${expressionOf(limit)}`;
  return { name, ...selectedOf(metric), aggregate, operator, ...present({ kind }), limit: value, afterSeconds };
}

/** For the recorder: what lies beyond the limit is counted. */
export function countedLimit(metric: string, value: number): CountedLimit {
  return { ...selectedOf(metric), values: [value] };
}
