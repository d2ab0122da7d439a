import { UserError } from './errors.ts';
import { expectMembers, expectText } from './expect-members.ts';
import { kindOfValue, shownName } from './shown.ts';
import { whyNoTag } from './tag-value.ts';
import { LONGEST_SECONDS } from './units.ts';

const NEEDS = ['endpoints', 'auth', 'data', 'setup', 'atMostSeconds'];

/**
 * That a journey is written down as its types say.
 * @throws UserError that names the journey and the member
 */
export function expectJourney(name: unknown, needs: unknown, run: unknown): void {
  expectText(
    'The name of a journey',
    name,
    'a text, as in journey("buy", { endpoints: [...] }, ({ send }) => { ... })',
  );
  const what = `The journey ${shownName(name)}`;
  expectName(what, name);
  expectMembers(`What ${what.replace('The', 'the')} needs`, needs, NEEDS);
  const { endpoints, auth, data, setup, atMostSeconds = 1 } = needs;
  const expect = (holds: boolean, lack: string, received: unknown, expected: string) => {
    if (!holds) throw new UserError({ what: `${what} ${lack}.`, received: kindOfValue(received), expected });
  };
  expect(Array.isArray(endpoints), 'does not list its endpoints', endpoints, 'endpoints: [...], all that it asks');
  expect(auth === undefined || canDo(auth, 'begin'), 'has an auth that is none', auth, 'what defineAuth returned');
  expect(data === undefined || canDo(data, 'rowFor'), 'has data that are none', data, 'what defineData returned');
  const isFunction = setup === undefined || typeof setup === 'function';
  expect(isFunction, 'has a setup that is no function', setup, 'the function that is the setup of the test');
  expect(
    isTime(atMostSeconds),
    'has an atMostSeconds that cannot be',
    atMostSeconds,
    'seconds above 0, at most a year',
  );
  expect(typeof run === 'function', 'does nothing', run, 'a function, such as ({ send }) => { send(listOrders); }');
}

function expectName(what: string, name: string): void {
  const why = whyNoTag(name);
  if (why === undefined) return;
  throw new UserError({
    what: `${what} has a name that cannot be a k6 tag value: ${why}.`,
    expected: 'a short name such as "buy"',
  });
}

function canDo(value: unknown, method: string): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[method] === 'function'
  );
}

function isTime(seconds: unknown): boolean {
  return typeof seconds === 'number' && seconds > 0 && seconds <= LONGEST_SECONDS;
}
