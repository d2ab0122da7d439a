import type { MeasuredFigure, QuestionMetric } from '../questions/question.ts';
import { present } from '../spec/present.ts';
import { isInForce, type Waiver } from '../spec/waiver.ts';
import type { Metric } from './metrics.ts';

/** What a limit is on: one of these, or all requests together. */
export interface Judges {
  /** Its id. */
  readonly endpoint?: string;
  /** Its name. */
  readonly journey?: string;
  /** The name of a metric that the scenario file makes itself. */
  readonly custom?: string;
}

/** A limit, whatever it is on. */
interface SetLimit extends Judges {
  readonly limit: number;
  /** Absent for `fail`. */
  readonly level?: 'warn';
  readonly waiver?: Waiver;
}

/** One limit on one figure. */
export interface Threshold extends SetLimit {
  readonly metric: Metric;
}

/** A limit with what was measured. `actual` is absent when there was nothing to measure it on, and when it was not seen. */
interface HeldLimit extends SetLimit, Pick<MeasuredFigure, 'actual' | 'between' | 'seen' | 'toTell'> {
  readonly verdict: ThresholdVerdict;
}

/** A threshold with what was measured. */
export interface JudgedThreshold extends HeldLimit, Threshold, Pick<QuestionMetric, 'operator'> {
  readonly unit: QuestionMetric['unit'] | 'value';
  /** How many requests or replies `actual` is made of. */
  readonly samples: number;
}

/**
 * `warn`: it does not hold, or nothing was measured, and its level is `warn`. `waived`: it does not hold, and need not
 * yet. `idle`: of a script of others, which nothing that the service does can cross.
 */
export type ThresholdVerdict = 'pass' | 'fail' | 'no_data' | 'warn' | 'waived' | 'idle';

/** A threshold that was stored with its verdict; one of k6's has its own title. */
export interface StoredThreshold extends HeldLimit {
  readonly metric: string;
  /** What is judged, where `metric` is not one of ours. */
  readonly title?: string;
  readonly operator: QuestionMetric['operator'] | '>' | '==' | '!=';
  readonly unit: QuestionMetric['unit'] | 'value';
  /** Absent where the file does not say. */
  readonly samples?: number;
  /** The same figure of the expected replies alone, where `actual` has failed requests in it. */
  readonly okActual?: number;
}

/** The limit as it was set, whatever was measured. */
export function limitSetBy({ metric, endpoint, journey, custom, limit, level, waiver }: JudgedThreshold): Threshold {
  return { metric, limit, ...present({ endpoint, journey, custom, level, waiver }) };
}

/** What a limit is on, as people read it; undefined for all requests together. */
export function subjectOf({ endpoint, journey, custom }: Judges): string | undefined {
  return endpoint ?? (journey === undefined ? custom : `journey ${journey}`);
}

/** Whether a limit is one of ours, and none of k6's. */
export function isOurs(threshold: StoredThreshold): threshold is StoredThreshold & JudgedThreshold {
  return threshold.title === undefined;
}

/** Whether a threshold can fail a run on a day: k6 must not be asked about the others. */
export function isBinding({ level, waiver }: Pick<Threshold, 'level' | 'waiver'>, today: string): boolean {
  return level !== 'warn' && !(waiver !== undefined && isInForce(waiver, today));
}
