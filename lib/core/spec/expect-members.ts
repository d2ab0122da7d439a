import { didYouMean } from './closest.ts';
import { UserError } from './errors.ts';
import { present } from './present.ts';
import { kindOfValue, shownName } from './shown.ts';

/**
 * That a value is an object with no other members than these: one that is misspelt would be ignored in silence.
 * @param what how the value is called: `The budget of everyEndpoint`
 * @throws UserError that names the member, and the one that is most like it
 */
export function expectMembers(
  what: string,
  value: unknown,
  known: readonly string[],
): asserts value is Readonly<Record<string, unknown>> {
  expectObject(what, value, known);
  const unknown = Object.keys(value).find((member) => !known.includes(member));
  if (unknown === undefined) return;
  throw new UserError({
    what: `${what} has a member that is not known.`,
    received: shownName(unknown),
    expected: known.join(', '),
    ...present({ todo: didYouMean(unknown, known) }),
  });
}

/** @throws UserError for what is no object, such as a list */
export function expectObject(
  what: string,
  value: unknown,
  members: readonly string[] = [],
): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new UserError({
    what: `${what} is not an object.`,
    received: kindOfValue(value),
    expected: members.length > 0 ? `an object with ${members.join(', ')}` : 'an object with members by name',
  });
}

/** @throws UserError for what is no text, or an empty one */
export function expectText(what: string, value: unknown, expected: string): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw new UserError({ what: `${what} is not a text.`, received: kindOfValue(value), expected });
}
