import { type EndpointDefinition, expectEndpointFacts, type HttpMethod } from './endpoint.ts';
import { UserError } from './errors.ts';
import { expectMembers, expectObject, expectText } from './expect-members.ts';
import { expectContent } from './request/expect-content.ts';
import { isHeaderName } from './request/header-name.ts';
import { expectServerName } from './server.ts';
import { kindOfValue, shownName } from './shown.ts';

const MEMBERS: Readonly<Record<keyof EndpointDefinition, true>> = {
  id: true,
  method: true,
  path: true,
  server: true,
  category: true,
  expectedStatuses: true,
  timeoutMs: true,
  rateLimit: true,
  otherMethods: true,
  query: true,
  headers: true,
  redirects: true,
  json: true,
  form: true,
  body: true,
  check: true,
};

const METHODS: Readonly<Record<HttpMethod, true>> = {
  GET: true,
  HEAD: true,
  OPTIONS: true,
  POST: true,
  PUT: true,
  PATCH: true,
  DELETE: true,
};

/**
 * That endpoints are what their types say, whoever made them, and can be told apart.
 * @throws UserError that names the endpoint and the member
 */
export function expectEndpoints(endpoints: unknown): void {
  if (!Array.isArray(endpoints)) {
    throw new UserError({
      what: 'endpoints is not a list.',
      received: kindOfValue(endpoints),
      expected: 'a list of endpoints',
    });
  }
  const seen = new Set<string>();
  for (const [i, endpoint] of endpoints.entries()) {
    const id = expectEndpoint(`Endpoint ${i + 1}`, endpoint);
    if (seen.has(id)) {
      throw new UserError({
        what: 'Two endpoints share one id.',
        received: `"${id}" twice`,
        expected: 'a different id for each endpoint: by it requests are counted',
      });
    }
    seen.add(id);
  }
}

/** @returns its id */
function expectEndpoint(place: string, endpoint: unknown): string {
  expectObject(place, endpoint, ['id', 'path', 'category']);
  expectText(`The id of ${place.toLowerCase()}`, endpoint.id, 'a short name such as "system-stats"');
  const what = `Endpoint "${endpoint.id}"`;
  // What `defineSocket` adds.
  expectMembers(what, endpoint, [...Object.keys(MEMBERS), 'holdDialogue']);
  expectMethods(what, [endpoint.method, ...listOf(what, 'otherMethods', endpoint.otherMethods)]);
  if (typeof endpoint.category !== 'string') expectText(`The category of ${what}`, endpoint.category, 'a heading');
  listOf(what, 'expectedStatuses', endpoint.expectedStatuses ?? 'none');
  if (endpoint.rateLimit !== undefined)
    expectMembers(`The rateLimit of ${what}`, endpoint.rateLimit, ['requests', 'windowSeconds', 'algorithm']);
  if (endpoint.server !== undefined) expectServerName(what, endpoint.server);
  expectHeaders(what, endpoint.headers);
  expectRedirects(what, endpoint.redirects);
  expectContent(what, endpoint);
  expectCheck(what, endpoint.check);
  expectEndpointFacts(endpoint as unknown as Parameters<typeof expectEndpointFacts>[0]);
  return endpoint.id;
}

function listOf(what: string, member: string, value: unknown): readonly unknown[] {
  if (value === undefined || Array.isArray(value)) return value ?? [];
  throw new UserError({
    what: `The ${member} of ${what} is not a list.`,
    received: kindOfValue(value),
    expected: 'a list, as defineEndpoint returns it',
  });
}

function expectMethods(what: string, methods: readonly unknown[]): void {
  const wrong = methods.find((method) => typeof method !== 'string' || !Object.hasOwn(METHODS, method));
  if (methods.every((method) => typeof method === 'string' && Object.hasOwn(METHODS, method))) return;
  throw new UserError({
    what: `${what} has a method that is not known.`,
    received: typeof wrong === 'string' ? shownName(wrong) : kindOfValue(wrong),
    expected: Object.keys(METHODS).join(', '),
  });
}

function expectRedirects(what: string, redirects: unknown): void {
  if (redirects === undefined || redirects === 'none' || redirects === 'follow') return;
  throw new UserError({
    what: `The redirects of ${what} are not known.`,
    received: typeof redirects === 'string' ? shownName(redirects) : kindOfValue(redirects),
    expected: '"none" or "follow"',
  });
}

/** Values of headers may be secrets, and are never shown. */
function expectHeaders(what: string, headers: unknown = {}): void {
  expectObject(`headers of ${what}`, headers);
  const misnamed = Object.keys(headers).find((name) => !isHeaderName(name));
  if (misnamed !== undefined) {
    throw new UserError({
      what: `A header of ${what} has a name that cannot be sent.`,
      received: shownName(misnamed),
      expected: 'letters, digits and dashes, such as "Accept-Language"',
    });
  }
  const wrong = Object.entries(headers).find(([, value]) => typeof value !== 'string' || /[\r\n]/.test(value));
  if (wrong !== undefined) {
    throw new UserError({
      what: `The header ${shownName(wrong[0])} of ${what} cannot be sent.`,
      received: typeof wrong[1] === 'string' ? 'a text with a line break' : kindOfValue(wrong[1]),
      expected: 'a text in one line',
    });
  }
}

/** A promise is true to whoever looks at it at once. */
function expectCheck(what: string, check: unknown): void {
  if (check === undefined) return;
  const kind = Object.prototype.toString.call(check);
  if (typeof check === 'function' && kind === '[object Function]') return;
  throw new UserError({
    what: `The check of ${what} cannot say whether a response is right.`,
    received:
      typeof check === 'function'
        ? `${kind.slice(8, -1)}: what it returns is neither true nor false`
        : kindOfValue(check),
    expected: 'a function that returns true or false at once, such as ({ body }) => body.includes("total")',
  });
}
