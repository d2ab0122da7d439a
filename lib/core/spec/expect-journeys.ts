import { didYouMean } from './closest.ts';
import { UserError } from './errors.ts';
import { expectObject } from './expect-members.ts';
import { present } from './present.ts';
import { kindOfValue, shownName } from './shown.ts';
import { named } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

/** A journey, as far as it is known to be one. */
interface Named {
  readonly name: string;
  readonly setup?: unknown;
}

/**
 * That a test says either which endpoints or which journeys it sends, and journeys that can be told apart.
 * @throws UserError that names the journey
 */
export function expectEndpointsOrJourneys({ endpoints, journeys }: Members): void {
  if ((endpoints === undefined) === (journeys === undefined)) {
    throw new UserError({
      what: 'The load test must have either endpoints or journeys.',
      received: endpoints === undefined ? 'neither' : 'both',
      expected: 'endpoints, which are sent in turn; or journeys, whose endpoints are those of the test',
    });
  }
  if (journeys === undefined) return;
  if (!Array.isArray(journeys) || journeys.length === 0) {
    throw new UserError({
      what: 'journeys is not a list of journeys.',
      received: Array.isArray(journeys) ? 'an empty list' : kindOfValue(journeys),
      expected: 'what journey() returned, at least one',
    });
  }
  const names = journeys.map(nameOf);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new UserError({
    what: 'Two journeys share one name.',
    received: `"${twice}" twice`,
    expected: 'a different name for each journey: by it they are counted',
  });
}

function nameOf(journey: unknown, i: number): string {
  if (typeof journey === 'object' && journey !== null) {
    const { name, begin } = journey as Members;
    if (typeof name === 'string' && typeof begin === 'function') return name;
  }
  throw new UserError({
    what: `Journey ${i + 1} of the load test is none.`,
    received: kindOfValue(journey),
    expected: 'what journey() returned',
  });
}

/**
 * That what a test says of its journeys, or of endpoints that are sent in turn, fits them.
 * @param definition whose endpoints, journeys and plans are known to be some
 * @throws UserError that names the journey, the endpoint or the stream
 */
export function expectFitting(definition: Members): void {
  const { journeys, mix, setup, study } = definition;
  if (journeys !== undefined && study !== undefined) expectOfJourneys(study as Members);
  for (const hook of ['setup', 'teardown']) expectHook(hook, definition[hook]);
  const streams = streamsOf(definition.plans as Readonly<Record<string, Members>>);
  if (journeys === undefined) expectInTurn(definition.endpoints as readonly Members[], mix, streams);
  else expectGone(journeys as readonly Named[], mix, setup, streams);
}

/** A stream of a plan, and how errors call it. */
interface Stream {
  readonly what: string;
  readonly shape: Members;
}

function streamsOf(plans: Readonly<Record<string, Members>>): readonly Stream[] {
  return Object.entries(plans).flatMap(([plan, streams]) =>
    Object.entries(streams).map(([stream, shape]) => ({
      what: `The stream "${stream}" of plan "${plan}"`,
      shape: shape as Members,
    })),
  );
}

function expectHook(hook: string, value: unknown): void {
  if (value === undefined || typeof value === 'function') return;
  throw new UserError({
    what: `${hook} of the load test is no function.`,
    received: kindOfValue(value),
    expected:
      hook === 'setup'
        ? 'a function, such as ({ send }) => { ... }'
        : 'a function, such as ({ send, setup }) => { ... }',
  });
}

function expectGone(journeys: readonly Named[], mix: unknown, setup: unknown, streams: readonly Stream[]): void {
  const names = journeys.map(({ name }) => name);
  for (const journey of journeys) expectItsSetup(journey, setup);
  const weights = expectMix(mix, names);
  for (const stream of streams) expectStream(stream, names);
  for (const name of names) expectSent(name, weights, streams);
}

function expectItsSetup({ name, setup }: Named, ofTest: unknown): void {
  if (setup === undefined || setup === ofTest) return;
  throw new UserError({
    what: `The journey "${name}" needs what another setup returns.`,
    received: ofTest === undefined ? 'a load test without setup' : 'another function than the setup of the load test',
    expected: 'one function, as setup of the journey and of the load test',
  });
}

/** @returns the weight of each journey */
function expectMix(mix: unknown, names: readonly string[]): Readonly<Record<string, number>> {
  if (mix === undefined) return Object.fromEntries(names.map((name) => [name, 1]));
  expectObject('mix', mix, names);
  for (const [name, weight] of Object.entries(mix)) {
    if (!names.includes(name))
      throw unknownJourney('mix names a journey that the load test does not have.', name, names);
    if (typeof weight === 'number' && Number.isFinite(weight) && weight >= 0) continue;
    throw new UserError({
      what: `The weight of the journey "${name}" in mix cannot be.`,
      received: kindOfValue(weight),
      expected: 'a finite number, at least 0, such as 70',
    });
  }
  const weights = mix as Readonly<Record<string, number>>;
  if (Object.values(weights).some((weight) => weight > 0)) return weights;
  throw new UserError({
    what: 'mix picks no journey.',
    received: 'no weight above 0',
    expected: 'a weight above 0 for at least one journey, such as { browse: 70, buy: 30 }',
  });
}

function expectStream({ what, shape: { kind, journey } }: Stream, names: readonly string[]): void {
  if (kind === 'fixed-work') {
    throw new UserError({
      what: `${what} is so many requests to each endpoint, and the load test has journeys.`,
      received: 'fixedWork()',
      expected: 'another shape',
      todo: 'use fixedJourneys({ users, journeysPerUser })',
    });
  }
  if (journey === undefined || names.some((name) => name === journey)) return;
  if (typeof journey === 'string')
    throw unknownJourney(`${what} has a journey that the load test does not have.`, journey, names);
  throw new UserError({
    what: `${what} has a journey that is no name.`,
    received: kindOfValue(journey),
    expected: `one of ${named(names.map(shownName))}`,
  });
}

function unknownJourney(what: string, name: string, names: readonly string[]): UserError {
  return new UserError({
    what,
    received: shownName(name),
    expected: `one of ${named(names.map(shownName), 20)}`,
    ...present({ todo: didYouMean(name, names) }),
  });
}

/** What is never sent has budgets that judge nothing. */
function expectSent(name: string, weights: Readonly<Record<string, number>>, streams: readonly Stream[]): void {
  const isPicked = Object.hasOwn(weights, name) && (weights[name] ?? 0) > 0;
  const isSent = streams.some(({ shape: { journey } }) => (journey === undefined ? isPicked : journey === name));
  if (isSent) return;
  throw new UserError({
    what: `The journey "${name}" is sent by no plan.`,
    received: isPicked ? 'streams that each have another journey' : 'no weight in mix, and no stream of its own',
    expected: 'every journey of a load test in one of its plans',
    todo: `give it a weight in mix, or a stream of its own (journey: "${name}"), or leave it out`,
  });
}

/** Endpoints that are sent in turn need nothing but themselves. */
function expectInTurn(endpoints: readonly Members[], mix: unknown, streams: readonly Stream[]): void {
  if (mix !== undefined) throw onlyOfJourneys('mix', 'a load test of endpoints, which are sent in turn');
  for (const { what, shape } of streams) {
    if (shape.kind === 'fixed-journeys' || shape.journey !== undefined)
      throw onlyOfJourneys(
        what,
        'a load test of endpoints',
        shape.kind === 'fixed-journeys' ? 'use fixedWork()' : undefined,
      );
  }
  for (const { id, path, redirects } of endpoints) {
    if (!String(path).includes('{') && redirects !== 'follow') continue;
    throw new UserError({
      what: `Endpoint "${id}" cannot be sent in turn.`,
      received:
        redirects === 'follow' ? 'redirects that are to be followed' : 'a path that needs values for its parameters',
      expected: 'endpoints that need nothing but themselves, or a journey that sends them',
      todo: 'list a journey instead: journeys: [journey("...", { endpoints: [...] }, ({ send }) => { ... })]',
    });
  }
}

function onlyOfJourneys(what: string, received: string, todo?: string): UserError {
  return new UserError({
    what: `${what} is about journeys, and the load test has none.`,
    received,
    expected: 'journeys: [...] in the place of endpoints',
    ...present({ todo }),
  });
}

/** Of some questions a load of journeys is no load that could answer them. */
function expectOfJourneys({ ofJourneys }: Members): void {
  if (ofJourneys === true) return;
  const why = typeof ofJourneys === 'string' ? `: ${ofJourneys}` : '';
  throw new UserError({
    what: `The question of this test cannot be asked of journeys${why}.`,
    received: 'study beside journeys',
    expected:
      'endpoints instead of journeys; or a question of journeys: breakpoint(), recovery(), soak(), sequential()',
  });
}
