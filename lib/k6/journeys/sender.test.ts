import { beforeEach, expect, it, vi } from 'vitest';

interface Asked {
  readonly url: string;
  readonly token: string | undefined;
}

interface Reply {
  readonly ok: boolean;
  readonly status: number;
}

/** A service that refuses an old token, and whose page "secret" is for nobody. */
const service = vi.hoisted(() => ({ valid: 'new', batches: [] as Asked[][] }));

vi.mock('k6/http', () => ({
  default: {
    batch: (asked: Asked[]) => {
      service.batches.push(asked);
      return asked.map(({ url, token }) => ({
        status: url === 'missing' ? 404 : token === service.valid && url !== 'secret' ? 200 : 401,
      }));
    },
  },
}));

interface Sender {
  readonly carried: () => { readonly headers: { readonly token: string } };
  readonly renew: () => boolean;
}

interface K6Side {
  sendAllFor(
    stepOf: (endpoint: string) => object,
    sender: Sender,
    seen?: (endpoint: string, reply: Reply) => void,
  ): (...requests: readonly (readonly [string])[]) => Reply[];
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './sender.ts';
const { sendAllFor } = (await import(/* @vite-ignore */ file)) as K6Side;

/** Each reply as it is counted. */
const counted: string[] = [];

function stepOf(endpoint: string) {
  return {
    endpoint,
    request: (_: undefined, { headers }: { headers: { token: string } }): Asked => ({
      url: endpoint,
      token: headers.token,
    }),
    taken: ({ status }: { status: number }): Reply => {
      counted.push(`${endpoint} ${status}`);
      return { status, ok: status === 200 || endpoint === 'logout' };
    },
  };
}

/** Has an old token, and a new one after each login. */
function someone(logsIn = true) {
  let token = 'old';
  const logins: string[] = [];
  return {
    logins,
    carried: () => ({ headers: { token } }),
    renew: () => {
      if (!logsIn) return false;
      token = 'new';
      logins.push(token);
      return true;
    },
  };
}

const urls = () => service.batches.map((batch) => batch.map(({ url, token }) => `${url} as ${token}`));

beforeEach(() => {
  counted.length = 0;
  service.batches.length = 0;
});

it('of several requests at once, those that were refused are sent once more, after one login', () => {
  const sender = someone();
  const seen: string[] = [];
  const sendAll = sendAllFor(stepOf, sender, (endpoint, { status }) => seen.push(`${endpoint} ${status}`));
  const replies = sendAll(['list'], ['missing'], ['secret'], ['read']);
  expect(urls()).toEqual([
    ['list as old', 'missing as old', 'secret as old', 'read as old'],
    ['list as new', 'secret as new', 'read as new'],
  ]);
  expect(replies.map(({ status }) => status)).toEqual([200, 404, 401, 200]);
  expect(sender.logins).toHaveLength(1);
  // Each request is counted as what it was; whoever looks on sees how it ended.
  expect(counted.toSorted()).toEqual(
    ['list 401', 'missing 404', 'secret 401', 'read 401', 'list 200', 'secret 401', 'read 200'].toSorted(),
  );
  expect(seen).toEqual(['list 200', 'missing 404', 'secret 401', 'read 200']);
});

it('nothing is sent again where nothing was refused, a 401 was expected, or nobody can log in', () => {
  service.valid = 'old';
  expect(sendAllFor(stepOf, someone())(['list'], ['missing']).map(({ status }) => status)).toEqual([200, 404]);
  service.valid = 'new';
  expect(sendAllFor(stepOf, someone())(['logout']).map(({ status }) => status)).toEqual([401]);
  expect(sendAllFor(stepOf, someone(false))(['list']).map(({ status }) => status)).toEqual([401]);
  expect(service.batches).toHaveLength(3);
});
