import { beforeEach, describe, expect, it, vi } from 'vitest';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly params: { readonly headers?: object; readonly jar?: object; readonly tags?: object };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

const service = vi.hoisted(() => ({ asked: [] as Asked[], answers: [] as Answer[] }));

vi.mock('k6/http', () => ({
  default: {
    request: (method: string, url: string, body: unknown, params: Asked['params']) => {
      service.asked.push({ method, url, body, params });
      return service.answers.shift() ?? { status: 200, headers: {} };
    },
  },
}));

interface K6Side {
  sendAndFollow(request: Asked, passed: (reply: Answer) => void, allowedHosts: readonly string[]): Answer;
}

// An import that the compiler follows would bring k6's globals into the project of the Node code.
const file: string = './redirects.ts';
const { sendAndFollow } = (await import(/* @vite-ignore */ file)) as K6Side;

const to = (location: string, status = 302): Answer => ({ status, headers: { Location: location } });
const request: Asked = {
  method: 'GET',
  url: 'http://127.0.0.1:8000/api/old/list?page=2',
  body: null,
  params: { headers: { Authorization: 'Bearer t' }, jar: {}, tags: { endpoint: 'old' } },
};

beforeEach(() => {
  service.asked.length = 0;
  service.answers.length = 0;
});

function follow(answers: readonly Answer[], first: Asked = request, allowedHosts: readonly string[] = []) {
  service.answers.push(...answers);
  const passed: number[] = [];
  const last = sendAndFollow(first, ({ status }) => passed.push(status), allowedHosts);
  return { passed, last: last.status, asked: service.asked };
}

it('a response that leads nowhere is the last one', () => {
  expect(follow([{ status: 302, headers: {} }])).toMatchObject({ passed: [], last: 302, asked: [request] });
});

it.each([
  ['http://localhost:9/x', 'http://localhost:9/x'],
  ['//localhost/x', 'http://localhost/x'],
  ['/x?y=1#z', 'http://127.0.0.1:8000/x?y=1'],
  ['x', 'http://127.0.0.1:8000/api/old/x'],
  ['?page=3', 'http://127.0.0.1:8000/api/old/list?page=3'],
])('%s leads to %s', (location, url) => {
  const { passed, last, asked } = follow([to(location)]);
  expect({ passed, last, url: asked[1]?.url }).toEqual({ passed: [302], last: 200, url });
});

describe('the request that follows', () => {
  const post: Asked = { ...request, method: 'POST', body: '{}' };

  it.each([
    [303, 'GET', null],
    [302, 'GET', null],
    [307, 'POST', '{}'],
    [308, 'POST', '{}'],
  ])('after a POST that is answered %s is a %s', (status, method, body) => {
    expect(follow([to('/x', status)], post).asked[1]).toMatchObject({ method, body });
  });

  it('says who it is from to the same server alone', () => {
    expect(follow([to('/x')]).asked[1]?.params).toEqual(request.params);
    expect(follow([to('http://localhost:8000/x')]).asked.at(-1)?.params).toEqual({ tags: { endpoint: 'old' } });
  });

  it('goes to no host that load has not been allowed on', () => {
    expect(() => follow([to('http://example.com/x')])).toThrow('Load on example.com has not been allowed');
    expect(service.asked).toHaveLength(1);
    expect(follow([to('http://example.com/x')], request, ['example.com']).last).toBe(200);
  });
});

it('a circle ends after ten redirects', () => {
  const { passed, last, asked } = follow(Array.from({ length: 20 }, () => to('/again')));
  expect({ passed: passed.length, last, asked: asked.length }).toEqual({ passed: 10, last: 302, asked: 11 });
});
