import { type BaseUrl, parseBaseUrl, requireConsent } from './base-url.ts';
import type { Endpoint } from './endpoint.ts';
import { UserError } from './errors.ts';
import { SETTINGS } from './settings.ts';
import { kindOfValue, shownName } from './shown.ts';

/** Where the servers besides BASE_URL are, by the names that endpoints have for them. */
export type Servers = Readonly<Record<string, BaseUrl>>;

/** The variable that says where a server is: `AUTH_URL` for `auth`. */
export function variableOfServer(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_URL`;
}

/**
 * That a name can be one of a server.
 * @param what whose name it is
 * @throws UserError for a name without a variable, or one whose variable says something else
 */
export function expectServerName(what: string, name: unknown): asserts name is string {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new UserError({
      what: `The server of ${what} has a name that no variable can have.`,
      received: typeof name === 'string' ? shownName(name) : kindOfValue(name),
      expected: 'lower-case letters, digits and dashes, such as "auth", which AUTH_URL says the address of',
    });
  }
  const variable = variableOfServer(name);
  if (!isTaken(variable)) return;
  throw new UserError({
    what: `The server of ${what} has a name whose variable is taken.`,
    received: `"${name}": ${variable} says something else`,
    expected: 'another name; an endpoint without server is asked at BASE_URL',
  });
}

/** By a setting, by k6, or by an order of the tool. */
function isTaken(variable: string): boolean {
  return /^(K6|VERDICT)_/.test(variable) || SETTINGS.some(({ name }) => name === variable);
}

/**
 * Reads where the servers of these endpoints are.
 * @param read what a variable says; an empty text is nothing
 * @throws UserError for a server whose variable is not set, is no URL, or names a host without consent
 */
export function serversOf(
  endpoints: readonly Pick<Endpoint, 'id' | 'server'>[],
  read: (variable: string) => string | undefined,
  allowedHosts: readonly string[],
): Servers {
  const servers: Record<string, BaseUrl> = {};
  for (const { id, server } of endpoints) {
    if (server === undefined || Object.hasOwn(servers, server)) continue;
    const variable = variableOfServer(server);
    const text = read(variable)?.trim() ?? '';
    if (text === '') throw notSet(id, server, variable);
    const address = parseBaseUrl(text, variable);
    requireConsent(address, allowedHosts, variable);
    servers[server] = address;
  }
  return servers;
}

/** The same without credentials. @returns undefined where there are none */
export function hrefsOf(servers: Servers): Record<string, string> | undefined {
  const hrefs = Object.entries(servers).map(([name, { href }]) => [name, href] as const);
  return hrefs.length === 0 ? undefined : Object.fromEntries(hrefs);
}

function notSet(id: string, server: string, variable: string): UserError {
  return new UserError({
    what: `Endpoint "${id}" is asked at the server "${server}", and nothing says where that is.`,
    received: `no ${variable}`,
    expected: `${variable} with an http:// or https:// URL`,
    todo: `set it as BASE_URL is set: -e ${variable}=http://127.0.0.1:8001, in the environment, or in the file of --env-file`,
  });
}
