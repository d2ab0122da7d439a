import type { K6Figures } from '../measure/measure-run.ts';
import type { QuestionPlan } from '../questions/question.ts';
import type { Threshold } from './threshold.ts';

/** What `handleSummary` leaves for the tool: k6's figures, and what they are to be judged by. */
export interface K6Measurement extends K6Figures {
  readonly thresholds: readonly Threshold[];
  /** What a scenario with a question of its own is to find out. */
  readonly study?: QuestionPlan;
}
