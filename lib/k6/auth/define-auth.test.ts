import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineEndpoint } from '../../core/spec/endpoint.ts';

const secrets = vi.hoisted(() => new Map<string, string>());

vi.mock('k6/secrets', () => {
  const get = async (name: string) => {
    const value = secrets.get(name);
    if (value === undefined) throw new Error('no secret sources are configured');
    return value;
  };
  return { default: { get, source: async (source: string) => ({ get: (name: string) => get(`${source}/${name}`) }) } };
});
vi.mock('k6/encoding', () => ({ default: { b64encode: (text: string) => Buffer.from(text).toString('base64') } }));
vi.mock('k6/http', () => ({ CookieJar: class CookieJar {} }));

interface Carried {
  readonly headers?: Readonly<Record<string, string>>;
  readonly jar?: object;
}

interface Credentials {
  ready(): Promise<void> | undefined;
  carried(): Carried;
  renew(): boolean;
}

interface Auth {
  readonly endpoints: readonly object[];
  readonly secrets: readonly string[];
  expectComplete(): void;
  begin(circumstances: { sendWith: (carried: Carried) => unknown; row: unknown }): Credentials;
}

interface K6Side {
  defineAuth(definition: object): Auth;
  environmentVariable(name: string): object;
  secret(name: string, source?: string): object;
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const files: readonly string[] = ['./define-auth.ts', './credential-value.ts'];
const modules = await Promise.all(files.map((file) => import(/* @vite-ignore */ file)));
const { defineAuth, environmentVariable, secret } = Object.assign({}, ...modules) as K6Side;

const login = defineEndpoint({ id: 'login', method: 'POST', path: '/auth/login', category: 'Account' });
const row = { username: 'ann', password: 's3cret' };
const data = { name: 'users', pick: 'user', rowFor: () => row };
const environment: Record<string, string> = {};
const EMPTY: Carried = {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('__ENV', environment);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  secrets.clear();
  for (const name of Object.keys(environment)) delete environment[name];
});

/** Credentials of a user, and what each login was sent with. */
function begin(auth: Auth, sendWith: (carried: Carried) => unknown = () => undefined): Credentials {
  return auth.begin({ sendWith, row });
}

function ready(auth: Auth): Credentials {
  const credentials = begin(auth);
  expect(credentials.ready()).toBeUndefined();
  return credentials;
}

/** A login that tells a token of its own each time. */
function bearer(expiresInSeconds?: number, more: object = {}) {
  const logins: unknown[] = [];
  const auth = defineAuth({
    kind: 'bearer',
    endpoints: [login],
    data,
    login: (tools: object) => {
      logins.push(tools);
      return { token: `t${logins.length}`, ...(expiresInSeconds === undefined ? undefined : { expiresInSeconds }) };
    },
    ...more,
  });
  return { auth, logins };
}

const authorised = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('a bearer token', () => {
  it('is got when it is first needed, with the row of the user, and kept', () => {
    const { auth, logins } = bearer();
    const send = () => {};
    const carriedByLogin: Carried[] = [];
    const credentials = begin(auth, (carried) => {
      carriedByLogin.push(carried);
      return send;
    });
    credentials.ready();
    expect(logins).toEqual([]);
    expect(credentials.carried()).toEqual(authorised('t1'));
    vi.advanceTimersByTime(1e9);
    expect(credentials.carried()).toEqual(authorised('t1'));
    expect(logins).toEqual([{ send, row, values: {} }]);
    expect(carriedByLogin).toEqual([EMPTY]);
    expect(auth.endpoints).toEqual([login]);
  });

  it.each([
    ['a tenth of its life before its end', 3, 2.7],
    ['30 s before its end, where a tenth is more', 3600, 3570],
  ])('is got anew %s', (_, life, usable) => {
    const credentials = ready(bearer(life).auth);
    credentials.carried();
    vi.advanceTimersByTime(usable * 1000 - 1);
    expect(credentials.carried()).toEqual(authorised('t1'));
    vi.advanceTimersByTime(1);
    expect(credentials.carried()).toEqual(authorised('t2'));
    vi.advanceTimersByTime(usable * 1000 - 1);
    expect(credentials.carried()).toEqual(authorised('t2'));
  });

  it('is as old as the request for it', () => {
    const slow = { login: () => vi.advanceTimersByTime(2000) && { token: 't', expiresInSeconds: 3 } };
    const { auth } = bearer(3, slow);
    const credentials = ready(auth);
    const first = credentials.carried();
    vi.advanceTimersByTime(700);
    expect(credentials.carried()).not.toBe(first);
  });

  it('is got anew after a 401, once for all requests that it was sent with', () => {
    const { auth, logins } = bearer(60);
    const credentials = ready(auth);
    credentials.carried();
    expect([credentials.renew(), credentials.renew()]).toEqual([true, true]);
    expect(credentials.carried()).toEqual(authorised('t2'));
    expect(credentials.carried()).toEqual(authorised('t2'));
    expect(logins).toHaveLength(2);
  });

  it('of a login that failed is none, and the next request logs in again', () => {
    let fails = true;
    const failing = {
      login: () => {
        if (fails) throw new Error('stopped');
        return { token: 'late' };
      },
    };
    const credentials = ready(bearer(60, failing).auth);
    expect(() => credentials.carried()).toThrow('stopped');
    expect(() => credentials.carried()).toThrow('stopped');
    fails = false;
    expect(credentials.carried()).toEqual(authorised('late'));
    fails = true;
    credentials.renew();
    expect(() => credentials.carried()).toThrow('stopped');
  });

  it.each([
    ['nothing', undefined, 'the login by "login" returned no token, but nothing as its token'],
    ['an empty token', { token: '' }, 'returned no token, but an empty text as its token'],
    ['a response', { token: { access_token: 's3cret' } }, 'returned no token, but an object as its token'],
    ['no time', { token: 't', expiresInSeconds: 0 }, 'returned zero as its expiresInSeconds'],
    ['a time in a text', { token: 't', expiresInSeconds: '60' }, 'returned a whole number as its expiresInSeconds'],
  ])('is missed where a login returns %s', (_, got, message) => {
    expect(() => ready(bearer(1, { login: () => got }).auth).carried()).toThrow(message);
  });

  it('has the header and the scheme that it is to have', () => {
    const headersWith = (more: object) => ready(bearer(1, more).auth).carried().headers;
    expect(headersWith({ scheme: 'Token' })).toEqual({ Authorization: 'Token t1' });
    expect(headersWith({ header: 'x-access-token', scheme: '' })).toEqual({ 'x-access-token': 't1' });
  });

  it('that is there already needs no login, and is not got anew', () => {
    environment.TOKEN = 'there';
    const credentials = ready(defineAuth({ kind: 'bearer', token: environmentVariable('TOKEN') }));
    expect(credentials.carried()).toEqual(authorised('there'));
    expect(credentials.renew()).toBe(false);
  });
});

describe('a cookie session', () => {
  const session = (got?: object) => {
    const jars: unknown[] = [];
    const auth = defineAuth({ kind: 'cookies', endpoints: [login], login: () => got });
    const credentials = begin(auth, ({ jar }) => jars.push(jar));
    credentials.ready();
    return { credentials, jars };
  };

  it('has a jar of its own, which its login fills, and keeps it', () => {
    const { credentials, jars } = session();
    const { jar } = credentials.carried();
    expect(jar).toBeDefined();
    expect(credentials.carried().jar).toBe(jar);
    expect(jars).toEqual([jar]);
    expect(session().credentials.carried().jar).not.toBe(jar);
  });

  it('begins anew with an empty jar, after a 401 or when its time is over', () => {
    const { credentials } = session({ expiresInSeconds: 10 });
    const jars = [credentials.carried().jar];
    credentials.renew();
    jars.push(credentials.carried().jar);
    vi.advanceTimersByTime(9000);
    jars.push(credentials.carried().jar);
    expect(new Set(jars).size).toBe(3);
  });
});

describe('what needs no login', () => {
  it('is a user name and a password, in UTF-8', () => {
    environment.PASSWORD = 'pä:ss';
    const password = environmentVariable('PASSWORD');
    const credentials = ready(
      defineAuth({ kind: 'basic', data, username: (each: typeof row) => each.username, password }),
    );
    const encoded = Buffer.from('ann:pä:ss').toString('base64');
    expect(credentials.carried()).toEqual({ headers: { Authorization: `Basic ${encoded}` } });
    expect(credentials.renew()).toBe(false);
  });

  it('is a key in a header', () => {
    const auth = defineAuth({ kind: 'api-key', header: 'x-api-key', key: 'k' });
    expect(ready(auth).carried()).toEqual({ headers: { 'x-api-key': 'k' } });
    expect(auth.endpoints).toEqual([]);
  });
});

describe('values that are read elsewhere', () => {
  it('are secrets of k6, which are waited for once', async () => {
    secrets.set('key', 'k');
    const auth = defineAuth({ kind: 'api-key', header: 'x-api-key', key: secret('key') });
    expect(auth.secrets).toEqual(['key']);
    const credentials = begin(auth);
    expect(() => credentials.carried()).toThrow('before they were ready');
    await credentials.ready();
    expect(credentials.ready()).toBeUndefined();
    expect(credentials.carried()).toEqual({ headers: { 'x-api-key': 'k' } });
  });

  it('come from the source that is named, and reach the login', async () => {
    secrets.set('vault/client', 'c');
    environment.TENANT = 'north';
    const values = { client: secret('client', 'vault'), tenant: environmentVariable('TENANT'), plain: 'p' };
    const got: unknown[] = [];
    const login = (tools: { values: object }) => got.push(tools.values) && { token: 't' };
    const credentials = begin(bearer(1, { values, login }).auth);
    await credentials.ready();
    credentials.carried();
    expect(got).toEqual([{ client: 'c', tenant: 'north', plain: 'p' }]);
  });

  it('are missed by their names', async () => {
    const credentials = begin(defineAuth({ kind: 'api-key', header: 'x', key: secret('key', 'vault') }));
    await expect(credentials.ready()).rejects.toThrow('does not give the secret "key" of the source "vault"');
    // The next journey asks again.
    secrets.set('vault/key', 'k');
    await credentials.ready();
    expect(credentials.carried()).toEqual({ headers: { x: 'k' } });
  });

  it.each([
    ['is not set', undefined, 'nothing'],
    ['is empty', '', 'an empty text'],
  ])('are missed before the load, where a variable %s', (_, value, received) => {
    const auth = defineAuth({ kind: 'api-key', header: 'x', key: environmentVariable('SHOP_KEY') });
    if (value !== undefined) environment.SHOP_KEY = value;
    expect(() => auth.expectComplete()).toThrow(
      new RegExp(`^The environment variable SHOP_KEY is not set.*\\n {2}received: ${received}\\n`),
    );
    environment.SHOP_KEY = 'k';
    expect(() => auth.expectComplete()).not.toThrow();
  });
});

describe('what is written down wrong is refused, and no value told', () => {
  const got = () => ({ token: 's3cret' });
  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /What defineAuth is given is not an object/],
    [
      'an unknown kind',
      { kind: 'oauth' },
      /a kind of credentials that is not known\.\n {2}received: "oauth"\n {2}expected: bearer, cookies, basic, api-key/,
    ],
    [
      'a misspelt member',
      { kind: 'basic', user: 's3cret', password: 's3cret' },
      /defineAuth\(\{ kind: "basic" \}\) has a member that is not known\.\n {2}received: "user"/,
    ],
    ['no password', { kind: 'basic', username: 's3cret' }, /password of .* is missing\.\n {2}received: nothing/],
    ['an empty key', { kind: 'api-key', header: 'x', key: '' }, /key of .* is missing\.\n {2}received: an empty text/],
    [
      'a header of two lines',
      { kind: 'api-key', header: 'x\ns3cret', key: 'k' },
      /header of .* cannot be the name of a header/,
    ],
    ['no login', { kind: 'bearer', endpoints: [login] }, /has no login\.\n {2}received: nothing/],
    ['an async login', { kind: 'cookies', endpoints: [login], login: async () => {} }, /login of .* is async/],
    [
      'a login that asks nobody',
      { kind: 'cookies', endpoints: [], login: got },
      /what its login asks\.\n {2}received: an empty list/,
    ],
    ['a login without endpoints', { kind: 'bearer', login: got }, /what its login asks\.\n {2}received: nothing/],
    [
      'a token beside a login',
      { kind: 'bearer', token: 's3cret', endpoints: [login], login: got },
      /both a token and a login/,
    ],
    [
      'values that are none',
      { kind: 'bearer', endpoints: [login], login: got, values: { client: 7 } },
      /"client" among the values of .* is missing\.\n {2}received: a whole number/,
    ],
    [
      'data that is a list',
      { kind: 'basic', username: 'u', password: 'p', data: [row] },
      /data of .* is none\.\n {2}received: a list/,
    ],
    [
      'rows that are used up',
      { kind: 'basic', username: 'u', password: 'p', data: { ...data, pick: 'iteration' } },
      /cannot use the data "users"/,
    ],
    ['a scheme that is no text', { kind: 'bearer', token: 't', scheme: 7 }, /scheme of .* is not a text/],
  ])('%s', (_, definition, message) => {
    const define = () => defineAuth(definition as object);
    expect(define).toThrow(message);
    expect(define).not.toThrow('s3cret');
  });

  it.each([
    ['variable', () => environmentVariable(''), /name of environmentVariable\(\) is not a text/],
    ['secret', () => secret(''), /name of secret\(\) is not a text/],
  ])('a %s without a name', (_, define, message) => {
    expect(define).toThrow(message);
  });
});
