import encoding from 'k6/encoding';
import { CookieJar } from 'k6/http';
import { kindOfValue } from '../../core/spec/shown.ts';
import type { AuthCircumstances } from './auth.ts';
import type {
  AnyAuthDefinition,
  ApiKey,
  BasicAuth,
  BearerLogin,
  BearerToken,
  CookieSession,
} from './auth-definition.ts';
import type { AuthKind, Texts } from './user-credentials.ts';

/** What users do with credentials that are defined so. */
export function kindOf(definition: AnyAuthDefinition): AuthKind {
  switch (definition.kind) {
    case 'bearer':
      return 'token' in definition ? bearerToken(definition) : bearerLogin(definition);
    case 'cookies':
      return cookieSession(definition);
    case 'basic':
      return basicAuth(definition);
    case 'api-key':
      return apiKey(definition);
  }
}

function bearerLogin(definition: BearerLogin<string, unknown, string>): AuthKind {
  const { values = {}, login, endpoints } = definition;
  const place = `the login by ${endpoints.map(({ id }) => `"${id}"`).join(', ')}`;
  return {
    values,
    logsIn: true,
    obtain: (texts, { sendWith, row }) => {
      const got: unknown = login({ send: sendWith({}), row, values: texts });
      const token = memberOf(got, 'token');
      if (typeof token !== 'string' || token === '') {
        throw new Error(`${place} returned no token, but ${kindOfValue(token)} as its token`);
      }
      return { carried: { headers: bearerHeader(definition, token) }, lifeSeconds: lifeOf(place, got) };
    },
  };
}

function bearerToken(definition: BearerToken<unknown>): AuthKind {
  return withHeaders({ token: definition.token }, ({ token = '' }) => bearerHeader(definition, token));
}

function bearerHeader(
  { header = 'Authorization', scheme = 'Bearer' }: Pick<BearerToken<unknown>, 'header' | 'scheme'>,
  token: string,
): Texts {
  return { [header]: scheme === '' ? token : `${scheme} ${token}` };
}

/** Each login begins with an empty jar, as a browser that has forgotten the user. */
function cookieSession({ values = {}, login, endpoints }: CookieSession<string, unknown, string>): AuthKind {
  const place = `the login by ${endpoints.map(({ id }) => `"${id}"`).join(', ')}`;
  return {
    values,
    logsIn: true,
    obtain: (texts, { sendWith, row }: AuthCircumstances) => {
      const carried = { jar: new CookieJar() };
      const got: unknown = login({ send: sendWith(carried), row, values: texts });
      return { carried, lifeSeconds: lifeOf(place, got) };
    },
  };
}

function basicAuth({ username, password }: BasicAuth<unknown>): AuthKind {
  return withHeaders({ username, password }, (texts) => ({
    Authorization: `Basic ${encoding.b64encode(`${texts.username}:${texts.password}`)}`,
  }));
}

function apiKey({ header, key }: ApiKey<unknown>): AuthKind {
  return withHeaders({ key }, (texts) => ({ [header]: texts.key ?? '' }));
}

function withHeaders(values: AuthKind['values'], headersOf: (texts: Texts) => Texts): AuthKind {
  return { values, logsIn: false, obtain: (texts) => ({ carried: { headers: headersOf(texts) } }) };
}

function lifeOf(place: string, got: unknown): number | undefined {
  const seconds = memberOf(got, 'expiresInSeconds');
  if (seconds === undefined || (typeof seconds === 'number' && seconds > 0)) return seconds;
  throw new Error(`${place} returned ${kindOfValue(seconds)} as its expiresInSeconds, and not a number above 0`);
}

function memberOf(got: unknown, member: string): unknown {
  return typeof got === 'object' && got !== null ? (got as Record<string, unknown>)[member] : undefined;
}
