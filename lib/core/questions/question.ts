import type { Contradiction } from '../measure/contradiction.ts';
import type { K6Metrics, MeasuredRun } from '../measure/measured.ts';
import type { ServerSample } from '../measure/server-sample.ts';
import type { Timeline } from '../measure/timeline.ts';
import type { Block } from '../spec/document/blocks.ts';
import type { Problem } from '../spec/document/finding.ts';

/** What the half of a question inside k6 hands to the tool: what is to be found out, and what must be known for it. */
export interface QuestionPlan {
  readonly kind: string;
}

/** What was found. */
export interface Answer {
  readonly kind: string;
  /** Why the figures say nothing of the service: the question is not answered. */
  readonly invalid?: string;
}

/** What an answer is made of. */
export interface AnswerMaterial {
  readonly metrics: K6Metrics;
  readonly run: Pick<MeasuredRun, 'endpoints' | 'load' | 'loadStartedAt'>;
  /** What the script noted, each an event of its question. */
  readonly events: readonly unknown[];
  /** Reads the record of the run over time. */
  readonly timeline: () => Timeline | undefined;
  /** What the target said of itself, for a question with `needsServerMetrics`. */
  readonly serverSamples: readonly ServerSample[];
}

/** What is known of a load that was sent in consecutive parts, beside the answers of the parts. */
export interface MaterialOfWhole extends Pick<AnswerMaterial, 'timeline' | 'serverSamples'> {
  readonly run: Pick<MeasuredRun, 'load' | 'loadStartedAt'>;
}

/**
 * What an answer says of a figure. What was not seen has no number: then `between` says what is known of it all the same,
 * and `seen` says it in words.
 */
export interface MeasuredFigure {
  /** How many requests, probes or sockets it is made of. */
  readonly samples: number;
  readonly actual?: number;
  /** Where it lies, for a figure that is not known exactly. It decides, and `actual` does not. @default at `actual` */
  readonly between?: Range;
  /** Stands for the number wherever it is told: `not within 30 s`. @default the number */
  readonly seen?: string;
  /** What would tell, where this does not decide. */
  readonly toTell?: string;
}

/** An end that is not known is absent. */
export interface Range {
  readonly low?: number;
  readonly high?: number;
  /** Whether its ends are not in it: `more than 30`, not `30 or more`. */
  readonly isOpen?: true;
}

/** A figure of an answer that a budget can set a limit to. */
export interface QuestionMetric<Plan extends QuestionPlan = QuestionPlan, Found extends Answer = Answer> {
  readonly title: string;
  /** How what was measured must stand to the limit. */
  readonly operator: '<' | '<=' | '>=';
  readonly unit: 'ms' | 'share' | 'count' | 'perSecond' | 'seconds';
  /** Whether a run can say it at all. @default always */
  applies?(plan: Plan): boolean;
  /** @param limit what it will be held against: what would tell, where this answer does not, depends on it */
  measure(answer: Found, limit: number): MeasuredFigure;
}

export type QuestionMetrics<Plan extends QuestionPlan = QuestionPlan, Found extends Answer = Answer> = Readonly<
  Record<string, QuestionMetric<Plan, Found>>
>;

/** What sets a question apart from ordinary load: whoever treats it otherwise asks for this, and never for its name. */
export interface Traits<Found extends Answer = Answer> {
  /**
   * Whether the figures of its endpoints say how users would fare. Where they do not, its load is judged by its answer
   * alone, and is compared with no other run.
   */
  readonly judgesEndpoints: boolean;
  /** Whether its load is meant to be more than the service takes: requests that were not sent do not spoil it. */
  readonly seeksLimit: boolean;
  /** Its load is one user alone: beside other load, it says how the service is without load. */
  readonly measuresAtRest?: true;
  /** k6 ends its run by a threshold when it has found what it looks for: k6's exit code says nothing against it. */
  readonly endsByThreshold?: true;
  /** The metrics of the target are read while it runs. */
  readonly needsServerMetrics?: true;
  /** Its answer says how latency and failures went on over time: nothing else need say it in other figures. */
  readonly tellsDrift?: true;
  /** k6 tells its latencies in whole milliseconds: a 0 is a time like any other. */
  readonly hasWholeMilliseconds?: true;
  /**
   * Its load goes on for so long that it may be sent in consecutive parts (`run --segment`), and says before it starts
   * what memory it needs. The answer over all parts, from the answer of one of them and what is known of the whole.
   */
  answerOfWhole?(part: Found, whole: MaterialOfWhole): Found;
}

/**
 * A question that a scenario can ask beyond how its endpoints do: all of it but its half inside k6, which is in
 * lib/k6/questions. What it says is data; the report writes it down.
 */
export interface Question<
  Plan extends QuestionPlan = QuestionPlan,
  Found extends Answer = Answer,
  Metrics extends QuestionMetrics<Plan, Found> = QuestionMetrics<Plan, Found>,
> extends Traits<Found> {
  readonly kind: Found['kind'];
  /** The question itself: what a test leaves open that does not ask it. */
  readonly asks: string;
  /** The JSON Schema of the answer, whose `$defs` the schema of the whole summary takes over. */
  readonly schema: object;
  readonly metrics: Metrics;
  answer(plan: Plan, material: AnswerMaterial): Found;
  /** Figures of a stored answer that cannot be, beside its others; what it was worked out of is not stored. @default none */
  contradictions?(answer: Found): Contradiction[];
  /** The answer in one sentence, with its number. */
  headline(answer: Found): string;
  /** What it found that should not be. @param fails whether the budget of a metric does not hold */
  problems(answer: Found, fails: (metric: string) => boolean): Problem[];
  /** How it is answered, for the report. */
  readonly method: string;
  /** Figures, tables and charts for the report. @param of sets their titles apart from those of other runs */
  section(answer: Found, of: string): Block[];
}

/** Some questions of a table, of which only the kind says which plan and which answer is whose. */
export type Questions = readonly Question[];
