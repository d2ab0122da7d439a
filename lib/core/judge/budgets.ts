import type { QuestionMetrics, QuestionPlan } from '../questions/question.ts';
import type { StudyBudget, StudyMetric } from '../questions/table.ts';
import type { Budget, CustomBudget, JourneyBudget } from '../spec/budget.ts';
import { UserError } from '../spec/errors.ts';
import { expectMembers } from '../spec/expect-members.ts';
import type { Limit } from '../spec/limit.ts';
import { present } from '../spec/present.ts';
import { expectWaiver } from '../spec/waiver.ts';
import { CUSTOM_METRIC_NAMES, CUSTOM_METRICS } from './custom-metrics.ts';
import { BUDGET_PARTS, expectKnownEndpoints } from './expect-budgets.ts';
import { JOURNEY_METRIC_NAMES, JOURNEY_METRICS } from './journey-metrics.ts';
import { METRIC_NAMES, type Metric } from './metrics.ts';
import type { Threshold } from './threshold.ts';

/** Budgets of a whole test. `endpoints` names every endpoint, so that a new one without a budget does not compile. */
export interface Budgets<Id extends string = string> {
  /** For all requests together. */
  readonly overall: Budget;
  /** For each endpoint that says nothing else. */
  readonly everyEndpoint: Budget;
  /** What differs for one endpoint; `{}` for nothing. */
  readonly endpoints: Readonly<Record<Id, Budget>>;
  /** For each journey that says nothing else. Without one, a journey is shown and not judged. */
  readonly everyJourney?: JourneyBudget;
  /** What differs for one journey, by its name. */
  readonly journeys?: Readonly<Record<string, JourneyBudget>>;
  /** For metrics that the scenario file makes itself (`new Trend('basket_size')`), by their names. */
  readonly custom?: Readonly<Record<string, CustomBudget>>;
  /** For scenarios with a question of their own. */
  readonly studies?: StudyBudget;
}

/** What the answer of a question must be: the budgets of its metrics that this run can say. */
export function studyThresholdsOf(
  { studies = {} }: Pick<Budgets, 'studies'>,
  plan: QuestionPlan,
  metrics: QuestionMetrics,
): Threshold[] {
  return Object.entries(metrics).flatMap(([name, { applies = () => true }]) => {
    const metric = name as StudyMetric;
    const limit = studies[metric];
    return limit === undefined || !applies(plan) ? [] : [{ metric, ...readLimit(metric, limit) }];
  });
}

/** The limits that hold for these journeys, journey by journey. @throws UserError for a waiver that is none */
export function journeyThresholdsOf({ everyJourney, journeys = {} }: Budgets, names: readonly string[]): Threshold[] {
  return names.flatMap((journey) => {
    const budget = { ...everyJourney, ...(Object.hasOwn(journeys, journey) ? journeys[journey] : undefined) };
    return JOURNEY_METRIC_NAMES.flatMap((metric) => {
      const limit = budget[JOURNEY_METRICS[metric].budget];
      return limit === undefined ? [] : [{ metric, ...readLimit(metric, limit), journey }];
    });
  });
}

/** The limits on metrics of the author's, metric by metric. @throws UserError for a waiver that is none */
export function customThresholdsOf({ custom: budgets = {} }: Budgets): Threshold[] {
  return Object.entries(budgets).flatMap(([custom, budget]) =>
    CUSTOM_METRIC_NAMES.flatMap((metric) => {
      const limit = budget[CUSTOM_METRICS[metric].budget];
      return limit === undefined ? [] : [{ metric, ...readLimit(metric, limit), custom }];
    }),
  );
}

/**
 * The limits that hold for these endpoints: first overall, then endpoint by endpoint.
 * @param limited the endpoints that declare a rate limit
 * @throws UserError for a waiver that is none, and for a rate limit of all requests together
 */
export function thresholdsOf(
  budgets: Budgets,
  endpointIds: readonly string[],
  limited: ReadonlySet<string> = new Set(),
): Threshold[] {
  if (budgets.overall.acceptedBeyondLimit !== undefined) {
    throw new UserError({
      what: 'acceptedBeyondLimit has no meaning for all requests together: rate limits are those of endpoints.',
      received: 'acceptedBeyondLimit in the overall budget',
      expected: 'acceptedBeyondLimit in everyEndpoint, or in the budget of one endpoint',
    });
  }
  return [
    ...limitsOf(budgets.overall),
    ...endpointIds.flatMap((endpoint) =>
      limitsOf({ ...budgets.everyEndpoint, ...budgets.endpoints[endpoint] })
        .filter(({ metric }) => metric !== 'acceptedBeyondLimit' || limited.has(endpoint))
        .map((limit) => ({ ...limit, endpoint })),
    ),
  ];
}

function limitsOf(budget: Budget): Threshold[] {
  return METRIC_NAMES.flatMap((metric) => {
    const limit = budget[metric];
    return limit === undefined ? [] : [{ metric, ...readLimit(metric, limit) }];
  });
}

function readLimit(metric: Metric, written: Limit): Omit<Threshold, 'metric'> {
  if (typeof written === 'number') return { limit: written };
  const { limit, level, waiver } = written;
  if (waiver !== undefined) expectWaiver(metric, waiver);
  return {
    limit,
    ...present({
      level: level === 'warn' ? level : undefined,
      waiver: waiver && { reason: waiver.reason, until: waiver.until },
    }),
  };
}

/**
 * Changes a budget for one scenario: what `changes` names replaces, the rest stays.
 * @throws UserError for a member that is not known, and for an endpoint that the budgets do not name
 */
export function overrideBudgets<Id extends string>(
  budgets: Budgets<Id>,
  changes: {
    readonly overall?: Budget;
    readonly everyEndpoint?: Budget;
    readonly endpoints?: Partial<Record<Id, Budget>>;
    readonly everyJourney?: JourneyBudget;
    readonly journeys?: Readonly<Record<string, JourneyBudget>>;
    readonly custom?: Readonly<Record<string, CustomBudget>>;
    readonly studies?: StudyBudget;
  },
): Budgets<Id> {
  expectMembers('budgets', budgets, BUDGET_PARTS);
  expectMembers('What overrideBudgets changes', changes, BUDGET_PARTS);
  expectKnownEndpoints(Object.keys(changes.endpoints ?? {}), Object.keys(budgets.endpoints));
  const endpoints: Record<Id, Budget> = { ...budgets.endpoints };
  for (const id of Object.keys(changes.endpoints ?? {}) as Id[]) {
    endpoints[id] = { ...endpoints[id], ...changes.endpoints?.[id] };
  }
  return {
    overall: { ...budgets.overall, ...changes.overall },
    everyEndpoint: { ...budgets.everyEndpoint, ...changes.everyEndpoint },
    endpoints,
    ...present({
      everyJourney: layered(budgets.everyJourney, changes.everyJourney),
      journeys: layeredByName(budgets.journeys, changes.journeys),
      custom: layeredByName(budgets.custom, changes.custom),
      studies: layered(budgets.studies, changes.studies),
    }),
  };
}

function layered<Layer extends object>(below: Layer | undefined, above: Layer | undefined): Layer | undefined {
  return above === undefined ? below : ({ ...below, ...above } as Layer);
}

type ByName<Layer> = Readonly<Record<string, Layer>> | undefined;

function layeredByName<Layer extends object>(below: ByName<Layer>, above: ByName<Layer>): ByName<Layer> {
  if (above === undefined) return below;
  const changed = Object.entries(above).map(([name, own]) => [name, layered(below?.[name], own) ?? own] as const);
  return { ...below, ...Object.fromEntries(changed) };
}
