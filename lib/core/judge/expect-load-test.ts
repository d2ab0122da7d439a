import { UserError } from '../spec/errors.ts';
import { expectEndpoints } from '../spec/expect-endpoint.ts';
import { expectEndpointsOrJourneys, expectFitting } from '../spec/expect-journeys.ts';
import { expectMembers, expectObject, expectText } from '../spec/expect-members.ts';
import { expectPlans } from '../spec/expect-plan.ts';
import { kindOfValue } from '../spec/shown.ts';
import { LONGEST_SECONDS } from '../spec/units.ts';
import { expectBudgets } from './expect-budgets.ts';

/**
 * That a load test is what its type says: whoever writes JavaScript, or does not ask the compiler, hears it before
 * anything is sent, and not from a run that judged something else.
 * @param members that there can be
 * @throws UserError that names what is wrong, and where
 */
export function expectLoadTest(definition: unknown, members: readonly string[]): void {
  expectMembers('The load test', definition, members);
  const {
    name,
    testId,
    purpose,
    journeys = [],
    endpoints = endpointsOf(journeys),
    budgets,
    plans,
    warmUpSeconds = 0,
    study,
    referenceBackend = [],
  } = definition;
  expectText('The name of the load test', name, 'the name of its file');
  expectText('The testId of the load test', testId, 'a name over all its runs, such as "LOAD-CONCURRENT-001"');
  if (typeof purpose !== 'string') expectText('The purpose of the load test', purpose, 'the question that it answers');
  expectEndpointsOrJourneys(definition);
  expectEndpoints(endpoints);
  expectBudgets(
    budgets,
    (endpoints as { id: string }[]).map(({ id }) => id),
    namesOf(journeys),
  );
  expectPlans(plans);
  expectFitting(definition);
  expectWarmUp(warmUpSeconds);
  if (study !== undefined) expectStudy(study);
  if (!Array.isArray(referenceBackend) || !referenceBackend.every((argument) => typeof argument === 'string')) {
    throw new UserError({
      what: 'referenceBackend is not a list of arguments.',
      received: kindOfValue(referenceBackend),
      expected: 'a list of texts, such as ["--delay-ms", "5"]',
    });
  }
}

function namesOf(journeys: unknown): string[] {
  return Array.isArray(journeys) ? (journeys as { name: string }[]).map(({ name }) => name) : [];
}

/** Of journeys, each once. */
function endpointsOf(journeys: unknown): unknown {
  const lists = Array.isArray(journeys) ? (journeys as { endpoints?: readonly unknown[] }[]) : [];
  return [...new Set(lists.flatMap((journey) => journey.endpoints ?? []))];
}

function expectWarmUp(seconds: unknown): void {
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST_SECONDS) return;
  throw new UserError({
    what: 'warmUpSeconds cannot be.',
    received: kindOfValue(seconds),
    expected: 'a finite number of seconds, at least 0, at most a year',
  });
}

function expectStudy(study: unknown): void {
  expectObject('study', study, ['begin']);
  const { begin, completePlan = begin } = study;
  if (typeof begin === 'function' && typeof completePlan === 'function') return;
  throw new UserError({
    what: 'study is no question.',
    received: `an object with ${Object.keys(study).join(', ') || 'nothing'}`,
    expected: 'what breakpoint(), soak() and the like return',
  });
}
