import type { Budgets } from '../../core/judge/budgets.ts';
import type { CountedLimit } from '../../core/measure/record/recorder-config.ts';
import type { Question, QuestionPlan } from '../../core/questions/question.ts';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import type { Plan } from '../../core/spec/load-shape.ts';
import type { RunOrder } from '../../core/spec/run-order.ts';
import type { Servers } from '../../core/spec/server.ts';
import type { Settings } from '../../core/spec/settings.ts';
import type { K6Limit } from '../k6-limit.ts';
import type { Requester } from '../request.ts';
import type { RunEndpoint } from '../run-endpoint.ts';

/** A question of a scenario's own: what is sent for it, and how it is measured. */
export interface StudyDefinition {
  /** It is answered from a load of journeys as well: it sends nothing of its own. */
  readonly takesJourneys?: true;
  /**
   * The plan with what the question needs of its own, once the settings are applied.
   * @throws UserError for settings or endpoints that it has no use for
   */
  readonly completePlan?: (plan: Plan, circumstances: StudyCircumstances) => Plan;
  readonly begin: (context: StudyContext) => StudyParts;
}

export interface StudyCircumstances {
  readonly settings: Settings;
  readonly order: RunOrder;
  /** How long the same load is sent before it. */
  readonly warmUpSeconds: number;
  readonly endpoints: readonly RunEndpoint[];
}

export interface StudyContext extends StudyCircumstances {
  /** Complete. */
  readonly plan: Plan;
  readonly target: BaseUrl;
  readonly servers: Servers;
  readonly budgets: Pick<Budgets, 'overall' | 'studies'>;
  /** One for each endpoint, whose requests are load. */
  readonly requesters: readonly Requester[];
}

export interface StudyParts {
  readonly question: Pick<Question, 'kind' | 'judgesEndpoints' | 'metrics'>;
  /** What the answer is worked out from, when the load has ended. */
  readonly plan: QuestionPlan;
  /** What the users of a stream do. @default as in any other load */
  readonly iterations?: Readonly<Record<string, () => void>>;
  /** Sub-metrics that the answer is worked out from. */
  readonly kept?: readonly string[];
  /** Limits that end the run. */
  readonly limits?: readonly K6Limit[];
  /** Limits by which the answer decides: samples beyond them are counted. */
  readonly counted?: readonly CountedLimit[];
  /** Metrics to take for others that k6 has none of. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly needsRecorder?: true;
  readonly clients?: number;
  /** Its endpoints cannot be met at rest, or must not. */
  readonly isNotMetAtRest?: true;
}
