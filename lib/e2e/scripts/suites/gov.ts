import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { profileOf } from './common/load-profiles';
import { timeGroup } from './common/time-group';

// As govuk-one-login: steps by timeGroup, users from a file, a load profile by name.
const baseUrl = __ENV.BASE_URL;

const users = new SharedArray('users', () =>
  open('./data/users.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')),
);

export const options: Options = {
  scenarios: { signIn: profileOf(__ENV.PROFILE ?? 'smoke', 'signIn') },
  thresholds: {
    'duration{step:B01_SignIn_01_Submit}': ['p(95)<5000'],
    'checks{step:B01_SignIn_02_Orders}': ['rate==1'],
    'http_reqs{group:::B01_SignIn_03_Order}': ['count>0'],
  },
};

export function signIn(): void {
  const [name, password] = users[exec.scenario.iterationInTest % users.length] as string[];
  const headers = { 'content-type': 'application/json' };
  const login = timeGroup(
    'B01_SignIn_01_Submit',
    () => http.post(`${baseUrl}/login`, JSON.stringify({ name, password }), { headers }),
    { 'a token is there': ({ status }) => status === 200 },
  );
  const authorization = `Bearer ${login.json('token')}`;
  const order = timeGroup(
    'B01_SignIn_02_Orders',
    () => http.post(`${baseUrl}/orders`, JSON.stringify({ sku: 'mug-1' }), { headers: { ...headers, authorization } }),
    { 'an order was made': ({ status }) => status === 201 },
  );
  timeGroup(
    'B01_SignIn_03_Order',
    () => http.get(`${baseUrl}/orders/${order.json('id')}`, { headers: { authorization } }),
    { 'it is the same': (reply) => reply.json('sku') === 'mug-1' },
  );
}
