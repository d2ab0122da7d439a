import { UserError } from '../../core/spec/errors.ts';
import { expectMembers, expectObject, expectText } from '../../core/spec/expect-members.ts';
import { isHeaderName } from '../../core/spec/request/header-name.ts';
import { kindOfValue, shownName } from '../../core/spec/shown.ts';
import type { AuthKind } from './user-credentials.ts';

const LOGIN = ['endpoints', 'values', 'login'];

/** What each kind may say, and what of it is a value. */
const KINDS: Readonly<Record<string, { readonly members: readonly string[]; readonly values: readonly string[] }>> = {
  bearer: { members: ['header', 'scheme', 'token', ...LOGIN], values: [] },
  cookies: { members: LOGIN, values: [] },
  basic: { members: ['username', 'password'], values: ['username', 'password'] },
  'api-key': { members: ['header', 'key'], values: ['key'] },
};

/**
 * That credentials are defined as their type says.
 * @throws UserError that names the member, and no value
 */
export function expectAuth(definition: unknown): void {
  expectObject('What defineAuth is given', definition, ['kind']);
  const { kind, data } = definition;
  const known = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (known === undefined) {
    throw new UserError({
      what: 'defineAuth has a kind of credentials that is not known.',
      received: typeof kind === 'string' ? shownName(kind) : kindOfValue(kind),
      expected: Object.keys(KINDS).join(', '),
    });
  }
  const what = `defineAuth({ kind: "${kind}" })`;
  expectMembers(what, definition, ['kind', 'data', ...known.members]);
  if (data !== undefined) expectData(what, data);
  for (const member of known.values) expectValue(`${member} of ${what}`, definition[member]);
  if (kind === 'api-key') expectHeaderName(what, definition.header);
  if (kind === 'bearer') expectBearer(what, definition);
  if (kind === 'cookies') expectLogin(what, definition);
}

function expectBearer(
  what: string,
  { header = 'Authorization', scheme = '', token, ...login }: Record<string, unknown>,
) {
  expectHeaderName(what, header);
  if (typeof scheme !== 'string') expectText(`scheme of ${what}`, scheme, 'what stands before the token, or ""');
  if (token === undefined) return expectLogin(what, login);
  expectValue(`token of ${what}`, token);
  if (login.login === undefined) return;
  throw new UserError({
    what: `${what} has both a token and a login.`,
    expected: 'a token that is there already, or a login that gets one',
  });
}

function expectLogin(what: string, { login, endpoints, values = {} }: Readonly<Record<string, unknown>>): void {
  if (typeof login !== 'function') {
    throw new UserError({
      what: `${what} has no login.`,
      received: kindOfValue(login),
      expected: 'a function, such as ({ send, row }) => ({ token: ... })',
    });
  }
  if (Object.prototype.toString.call(login) !== '[object Function]') {
    throw new UserError({
      what: `The login of ${what} is async, or a generator.`,
      expected: 'a function that returns what it got: send() waits for responses itself, and secrets come as values',
    });
  }
  if (!Array.isArray(endpoints) || endpoints.length === 0) {
    throw new UserError({
      what: `${what} does not say what its login asks.`,
      received: Array.isArray(endpoints) ? 'an empty list' : kindOfValue(endpoints),
      expected: 'endpoints: a list of what defineEndpoint returned',
    });
  }
  expectObject(`values of ${what}`, values);
  for (const [name, value] of Object.entries(values)) expectValue(`"${name}" among the values of ${what}`, value);
}

function expectData(what: string, data: unknown): void {
  if (typeof data !== 'object' || data === null || typeof (data as { rowFor?: unknown }).rowFor !== 'function') {
    throw new UserError({
      what: `The data of ${what} is none.`,
      received: kindOfValue(data),
      expected: 'what defineData returned',
    });
  }
  const { name, pick } = data as { readonly name: string; readonly pick: unknown };
  if (pick !== 'iteration') return;
  throw new UserError({
    what: `${what} cannot use the data "${name}", of which each row is for one iteration.`,
    received: 'pick: "iteration"',
    expected: 'pick: "user" or "random": a user has credentials for all that it does',
  });
}

function expectHeaderName(what: string, header: unknown): void {
  if (typeof header === 'string' && isHeaderName(header)) return;
  throw new UserError({
    what: `header of ${what} cannot be the name of a header.`,
    received: kindOfValue(header),
    expected: 'letters, digits and dashes, such as "x-api-key"',
  });
}

function expectValue(what: string, value: unknown): void {
  const isRead =
    typeof value === 'object' && value !== null && typeof (value as { read?: unknown }).read === 'function';
  if (isRead || typeof value === 'function' || (typeof value === 'string' && value !== '')) return;
  throw new UserError({
    what: `${what} is missing.`,
    received: kindOfValue(value),
    expected: 'environmentVariable("NAME"), secret("name"), (row) => row.name, or a text',
  });
}

/** @throws UserError that names what is not there */
export function expectValues(values: AuthKind['values']): void {
  for (const value of Object.values(values)) if (typeof value === 'object') value.expectThere();
}
