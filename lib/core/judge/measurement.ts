import type { K6Figures } from '../measure/measure-run.ts';
import type { K6Metrics } from '../measure/measured.ts';
import type { QuestionPlan } from '../questions/question.ts';
import type { Threshold } from './threshold.ts';

/** What was run and what it is to be judged by: known before the first request. */
export interface MeasuredTest extends Omit<K6Figures, 'k6Options' | 'loadStartedAt' | 'atRest' | 'metrics'> {
  readonly thresholds: readonly Threshold[];
  /**
   * When it loaded the script, k6 found each metric of the author's that has limits: a counter that nothing was added to
   * is 0, and no name that was misspelt. Absent in older records.
   */
  readonly makesMetrics?: true;
  /** What a scenario with a question of its own is to find out. */
  readonly study?: QuestionPlan;
  /** Metrics to take for others that k6 has none of. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** The same with k6's figures: of `handleSummary`, or of the record. */
export interface K6Measurement extends K6Figures, Omit<MeasuredTest, 'aliases'> {}

/** k6's metrics, and those of them that stand for others. */
export function withAliases(metrics: K6Metrics, aliases: MeasuredTest['aliases'] = {}): K6Metrics {
  const taken = Object.entries(aliases).map(([name, from]) => [name, metrics[from]]);
  return { ...metrics, ...Object.fromEntries(taken) };
}
