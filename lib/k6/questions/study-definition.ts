import type { Budgets } from '../../core/judge/budgets.ts';
import type { CountedLimit } from '../../core/measure/record/recorder-config.ts';
import type { Question, QuestionPlan } from '../../core/questions/question.ts';
import type { BaseUrl } from '../../core/spec/base-url.ts';
import type { Plan } from '../../core/spec/load-shape.ts';
import type { RunOrder } from '../../core/spec/run-order.ts';
import type { Servers } from '../../core/spec/server.ts';
import type { Settings } from '../../core/spec/settings.ts';
import type { DefinitionOfJourneys } from '../journeys/journey-definition.ts';
import type { Watching } from '../journeys/watching.ts';
import type { K6Limit } from '../k6-limit.ts';
import type { Requester } from '../request.ts';
import type { RunEndpoint } from '../run-endpoint.ts';

/** A question of a scenario's own: what is sent for it, and how it is measured. */
export interface StudyDefinition {
  /** Whether it can be asked of a load of journeys; where it cannot, why, in a sentence. */
  readonly ofJourneys: true | string;
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
  readonly budgets: Pick<Budgets, 'overall' | 'everyJourney' | 'journeys' | 'studies'>;
  /** What the test says of its journeys: users of a question that does not ask hold no code to tell. */
  readonly definition: DefinitionOfJourneys;
  /** One for each endpoint, whose requests are load; none in a test of journeys. */
  readonly requesters: readonly Requester[];
}

export interface StudyParts {
  readonly question: Pick<Question, 'kind' | 'judgesEndpoints' | 'metrics'>;
  /** What the answer is worked out from, when the load has ended. */
  readonly plan: QuestionPlan;
  /** What the users of a stream do. @default as in any other load */
  readonly iterations?: Readonly<Record<string, () => void>>;
  /** How it looks at users who go through journeys: what these do is their own. @default not at all */
  readonly watching?: Watching;
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
