import { STUDY_METRIC_NAMES } from '../questions/metric-names.ts';
import type { Budget } from '../spec/budget.ts';
import { closest } from '../spec/closest.ts';
import { UserError } from '../spec/errors.ts';
import { expectMembers, expectObject } from '../spec/expect-members.ts';
import { present } from '../spec/present.ts';
import { kindOfValue, shownName } from '../spec/shown.ts';
import { expectWaiver, type Waiver } from '../spec/waiver.ts';
import { METRIC_NAMES, METRICS } from './metrics.ts';

/** The parts of budgets, and of what overrides them. */
export const BUDGET_PARTS = ['overall', 'everyEndpoint', 'endpoints', 'studies'];

/**
 * That budgets are what their types say: one that is misspelt would judge nothing, and a limit that is no number holds
 * for everything or for nothing.
 * @param endpointIds of the test, each of which `endpoints` names
 * @throws UserError that names the budget and the member
 */
export function expectBudgets(budgets: unknown, endpointIds: readonly string[]): void {
  expectMembers('budgets', budgets, BUDGET_PARTS);
  const { overall, everyEndpoint, endpoints, studies = {} } = budgets;
  expectBudget('The budget "overall"', overall);
  expectBudget('The budget "everyEndpoint"', everyEndpoint);
  expectObject('"endpoints" of budgets', endpoints);
  for (const [id, budget] of Object.entries(endpoints)) expectBudget(`The budget of endpoint "${id}"`, budget);
  expectEveryEndpoint(Object.keys(endpoints), endpointIds);
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

/** @param metrics that it can have a limit on @throws UserError for what is no budget */
export function expectBudget(what: string, budget: unknown, metrics: readonly (keyof Budget)[] = METRIC_NAMES): void {
  expectMembers(what, budget, metrics);
  for (const metric of metrics) {
    const limit = budget[metric];
    if (limit === undefined) continue;
    const { holds, expected } = rangeOf(metric);
    expectLimit(`The limit "${metric}" in ${what.replace(/^The/, 'the')}`, metric, limit, holds, expected);
  }
}

function rangeOf(metric: keyof Budget): { readonly holds: (value: number) => boolean; readonly expected: string } {
  const { unit, operator } = METRICS[metric];
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
