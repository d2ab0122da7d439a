import { STUDY_METRIC_NAMES } from '../questions/metric-names.ts';
import type { Budget } from '../spec/budget.ts';
import { closest, didYouMean } from '../spec/closest.ts';
import { UserError } from '../spec/errors.ts';
import { expectMembers, expectObject } from '../spec/expect-members.ts';
import { present } from '../spec/present.ts';
import { kindOfValue, shownName } from '../spec/shown.ts';
import { expectWaiver, type Waiver } from '../spec/waiver.ts';
import { CUSTOM_METRICS, type CustomMetricDefinition } from './custom-metrics.ts';
import { JOURNEY_METRICS } from './journey-metrics.ts';
import { METRIC_NAMES, METRICS } from './metrics.ts';
import { isTold } from './told-metrics.ts';

/** The parts of budgets, and of what overrides them. */
export const BUDGET_PARTS = ['overall', 'everyEndpoint', 'endpoints', 'everyJourney', 'journeys', 'custom', 'studies'];

/**
 * That budgets are what their types say: one that is misspelt would judge nothing, and a limit that is no number holds
 * for everything or for nothing.
 * @param endpointIds of the test, each of which `endpoints` names
 * @param journeyNames of the test: `journeys` names no other
 * @throws UserError that names the budget and the member
 */
export function expectBudgets(
  budgets: unknown,
  endpointIds: readonly string[],
  journeyNames: readonly string[] = [],
): void {
  expectMembers('budgets', budgets, BUDGET_PARTS);
  const { overall, everyEndpoint, endpoints, everyJourney = {}, journeys = {}, custom = {}, studies = {} } = budgets;
  expectBudget('The budget "overall"', overall);
  expectBudget('The budget "everyEndpoint"', everyEndpoint);
  expectObject('"endpoints" of budgets', endpoints);
  for (const [id, budget] of Object.entries(endpoints)) expectBudget(`The budget of endpoint "${id}"`, budget);
  expectEveryEndpoint(Object.keys(endpoints), endpointIds);
  expectJourneyBudget('The budget "everyJourney"', everyJourney);
  expectObject('"journeys" of budgets', journeys);
  for (const [name, budget] of Object.entries(journeys)) expectJourneyBudget(`The budget of journey "${name}"`, budget);
  expectKnownJourneys(Object.keys(journeys), journeyNames);
  expectObject('"custom" of budgets', custom);
  for (const [name, budget] of Object.entries(custom)) expectCustomBudget(name, budget);
  expectMembers('The budget "studies"', studies, STUDY_METRIC_NAMES);
  for (const [metric, limit] of Object.entries(studies))
    expectLimit(`The limit "${metric}" of the budget "studies"`, metric, limit, (value) => value >= 0, 'at least 0');
}

/** @throws UserError for a budget of an endpoint that the overridden budgets do not name */
export function expectKnownEndpoints(changed: readonly string[], known: readonly string[]): void {
  const unknown = changed.find((id) => !known.includes(id));
  if (unknown === undefined || known.length === 0) return;
  throw unknownEndpoint(
    unknown,
    known,
    'overrideBudgets changes the budget of an endpoint that the budgets do not name.',
  );
}

/** One that is not there may be there under another spelling, and judge nothing. Budgets that name none are of all alike. */
function expectEveryEndpoint(named: readonly string[], endpointIds: readonly string[]): void {
  const missing = endpointIds.find((id) => !named.includes(id));
  if (missing === undefined || named.length === 0) return;
  const others = named.filter((id) => !endpointIds.includes(id));
  throw unknownEndpoint(missing, others, 'The budgets do not name every endpoint of the test.');
}

function unknownEndpoint(id: string, others: readonly string[], what: string): UserError {
  const meant = closest(id, others);
  return new UserError({
    what,
    received: `no "${id}"${meant === undefined ? '' : `, but "${meant}"`}`,
    expected: 'one entry in "endpoints" for each endpoint, {} where nothing differs',
    ...present({ todo: meant && `did you mean one by the other: "${id}" and "${meant}"?` }),
  });
}

/** @throws UserError for the name of a journey that the test does not have: its budget would judge nothing */
function expectKnownJourneys(named: readonly string[], known: readonly string[]): void {
  const unknown = named.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UserError({
    what: 'The budgets name a journey that the test does not have.',
    received: shownName(unknown),
    expected: known.length === 0 ? 'no budgets of journeys, since the test has none' : `one of: ${known.join(', ')}`,
    ...present({ todo: didYouMean(unknown, known) }),
  });
}

/** @param metrics that it can have a limit on @throws UserError for what is no budget */
export function expectBudget(what: string, budget: unknown, metrics: readonly (keyof Budget)[] = METRIC_NAMES): void {
  expectLimits(what, budget, new Map(metrics.map((metric) => [metric, METRICS[metric]])));
}

function expectJourneyBudget(what: string, budget: unknown): void {
  expectLimits(what, budget, new Map(Object.values(JOURNEY_METRICS).map((metric) => [metric.budget, metric])));
}

/** What k6 takes for the name of a metric. */
const METRIC_NAME = /^[a-z_]\w{0,127}$/i;

function expectCustomBudget(name: string, budget: unknown): void {
  const what = `The budget of the metric "${name}"`;
  if (!METRIC_NAME.test(name) || isTold(name)) {
    throw new UserError({
      what: '"custom" of budgets names no metric that a scenario file can make.',
      received: shownName(name),
      expected: "the name of a Trend, Counter or Rate of its own, such as basket_size: k6's metrics have other budgets",
    });
  }
  expectLimits(what, budget, new Map(Object.values(CUSTOM_METRICS).map((metric) => [metric.budget, metric])));
  const limited = Object.values(CUSTOM_METRICS).filter((metric) => budget[metric.budget] !== undefined);
  const [first] = limited;
  const other = limited.find(({ kind }) => kind !== first?.kind);
  if (first === undefined || other === undefined) return;
  throw new UserError({
    what: `${what} is of two kinds of metrics.`,
    received: `${first.budget}, which a ${first.kind} has, and ${other.budget}, which a ${other.kind} has`,
    expected: 'limits of one kind: a metric is a Trend, a Counter or a Rate',
  });
}

type Limited = Pick<CustomMetricDefinition, 'unit' | 'operator'>;

/** @param metrics that there can be limits on, by what they are called in the budget */
function expectLimits(
  what: string,
  budget: unknown,
  metrics: ReadonlyMap<string, Limited>,
): asserts budget is Readonly<Record<string, unknown>> {
  expectMembers(what, budget, [...metrics.keys()]);
  for (const [member, metric] of metrics) {
    const limit = budget[member];
    if (limit === undefined) continue;
    const { holds, expected } = rangeOf(metric);
    expectLimit(`The limit "${member}" in ${what.replace(/^The/, 'the')}`, member, limit, holds, expected);
  }
}

function rangeOf({ unit, operator }: Limited): {
  readonly holds: (value: number) => boolean;
  readonly expected: string;
} {
  // What values of an author's metric can be, only the author knows.
  if (unit === 'value') return { holds: () => true, expected: 'of any size' };
  // Nothing is below 0.
  const least = operator === '<' ? 'above 0' : 'at least 0';
  const isLeast = (value: number) => (operator === '<' ? value > 0 : value >= 0);
  if (unit === 'share')
    return { holds: (value) => isLeast(value) && value <= 1, expected: `${least}, and at most 1: 0.01 is 1 %` };
  if (unit === 'count')
    return { holds: (value) => isLeast(value) && Number.isInteger(value), expected: `a whole number, ${least}` };
  return { holds: isLeast, expected: least };
}

function expectLimit(
  what: string,
  metric: string,
  written: unknown,
  holds: (value: number) => boolean,
  expected: string,
): void {
  if (typeof written === 'object' && written !== null) {
    expectMembers(what, written, ['limit', 'level', 'waiver']);
    expectNumber(what, written.limit, holds, expected);
    expectLevel(what, written.level);
    if (written.waiver === undefined) return;
    expectMembers(`The waiver of ${metric}`, written.waiver, ['reason', 'until']);
    expectWaiver(metric, written.waiver as unknown as Waiver);
    return;
  }
  expectNumber(what, written, holds, expected);
}

function expectNumber(what: string, value: unknown, holds: (value: number) => boolean, expected: string): void {
  if (typeof value === 'number' && Number.isFinite(value) && holds(value)) return;
  throw new UserError({
    what: `${what} cannot be held.`,
    received: kindOfValue(value),
    expected: `a finite number, ${expected}; or { limit, level, waiver }`,
  });
}

function expectLevel(what: string, level: unknown): void {
  if (level === undefined || level === 'fail' || level === 'warn') return;
  throw new UserError({
    what: `${what} has a level that is not known.`,
    received: typeof level === 'string' ? shownName(level) : kindOfValue(level),
    expected: '"fail" or "warn"',
  });
}
