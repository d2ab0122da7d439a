import { check, group } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { environmentOf } from './common/environments.js';

// As Altinn/altinn-authentication: data rows from CSV, a table of environments, limits per name. One of them is crossed.
const { baseUrl } = environmentOf(__ENV.ENVIRONMENT);

const users = new SharedArray('users', () => {
  const [head, ...lines] = open('./data/users.csv').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at], value])));
});

export const options = {
  scenarios: { all: { executor: 'shared-iterations', vus: 3, iterations: 12, maxDuration: '20s' } },
  thresholds: {
    'http_req_failed{name:log in}': ['rate<0.3'],
    'http_req_failed{name:change system}': ['rate<0.01'],
    'http_req_duration{name:change system}': ['p(95)<5000'],
  },
};

export default function () {
  const user = users[exec.scenario.iterationInTest % users.length];
  const headers = { 'content-type': 'application/json' };
  const login = group('log in', () =>
    http.post(`${baseUrl}/login`, JSON.stringify(user), { headers, tags: { name: 'log in' } }),
  );
  const isIn = check(login, { 'a token came': (r) => r.status === 200 });
  if (!isIn) return;
  group('system user', () => {
    const authorization = `Bearer ${login.json('token')}`;
    http.get(`${baseUrl}/me`, { headers: { authorization }, tags: { name: 'read system' } });
    http.get(`${baseUrl}/flaky`, { tags: { name: 'change system' } });
  });
}
