import { defineEndpoint } from 'k6-verdict';
import { defineLoadTest, fixedWork } from 'k6-verdict/k6';

const get = { category: 'Read' } as const;
const post = { category: 'Write', method: 'POST' } as const;

const health = defineEndpoint({ ...get, id: 'health', path: '/health' });
const robots = defineEndpoint({
  ...get,
  id: 'robots',
  path: '/robots.txt',
  check: ({ body, headers }) => body.startsWith('User-agent') && headers['Content-Type']?.startsWith('text/') === true,
});
const slow = defineEndpoint({ ...get, id: 'slow', path: '/slow', query: { ms: 40 } });
const moved = defineEndpoint({ ...get, id: 'moved', path: '/old-orders', expectedStatuses: [302] });
const echo = defineEndpoint({
  ...get,
  id: 'echo',
  path: '/echo/a%2Fb%20%C3%A9',
  query: { q: 'zwei Wörter & mehr', tag: ['a', '', '+'] },
  check: ({ body }) =>
    JSON.stringify(JSON.parse(body)) ===
    JSON.stringify({
      text: 'a/b é',
      path: '/echo/a%2Fb%20%C3%A9',
      query: [
        ['q', 'zwei Wörter & mehr'],
        ['tag', 'a'],
        ['tag', ''],
        ['tag', '+'],
      ],
    }),
});
const search = defineEndpoint({
  ...get,
  id: 'search',
  path: '/search',
  query: { q: 'a' },
  headers: { 'x-api-key': 'right' },
});
const searchOfStranger = defineEndpoint({ ...get, id: 'search-of-stranger', path: '/search', query: { q: 'a' } });
const upload = defineEndpoint({
  ...post,
  id: 'upload',
  path: '/uploads',
  expectedStatuses: [201],
  form: { file: { name: 'bytes.bin', data: new Uint8Array([0, 255, 10]).buffer, type: 'image/png' }, title: 'three' },
  check: ({ body }) => body === '{"name":"bytes.bin","bytes":3}',
});
const stats = defineEndpoint({
  ...post,
  id: 'order-stats',
  path: '/graphql',
  json: { operationName: 'OrderStats', query: 'query OrderStats { stats { count } }' },
});
const login = defineEndpoint({
  ...post,
  id: 'login',
  path: '/auth/login',
  json: { username: 'user1', password: 'pw1' },
});
const loginOfStranger = defineEndpoint({
  ...post,
  id: 'login-of-stranger',
  path: '/auth/login',
  json: { username: 'user1', password: 'pw2' },
});
const withoutToken = defineEndpoint({ ...post, id: 'without-token', path: '/orders', json: { sku: 'a' } });

const test = defineLoadTest({
  name: 'open',
  testId: 'ORDERS-OPEN',
  purpose: 'Are requests that need no login counted as the service counts them?',
  endpoints: [
    health,
    robots,
    slow,
    moved,
    echo,
    search,
    searchOfStranger,
    upload,
    stats,
    login,
    loginOfStranger,
    withoutToken,
  ],
  budgets: {
    overall: {},
    everyEndpoint: {},
    endpoints: {
      health: {},
      robots: {},
      slow: {},
      moved: {},
      echo: {},
      search: {},
      'search-of-stranger': {},
      upload: {},
      'order-stats': {},
      login: {},
      'login-of-stranger': {},
      'without-token': {},
    },
  },
  plans: { default: { users: fixedWork({ users: 20, requestsPerEndpoint: 5 }) } },
});

export const { options, setup, teardown, handleSummary } = test;
export default test.iterate;
