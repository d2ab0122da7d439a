import { check, sleep } from 'k6';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';

// As grafana/quickpizza: one function per scenario, names by http.url, sockets, a summary of its own.
const baseUrl = __ENV.BASE_URL;
const pizzas = new Trend('quickpizza_ingredients');

export const options = {
  scenarios: {
    order: { executor: 'constant-vus', exec: 'order', vus: 2, duration: '1s', gracefulStop: '5s' },
    listen: { executor: 'per-vu-iterations', exec: 'listen', vus: 2, iterations: 1, maxDuration: '10s' },
  },
  thresholds: {
    http_req_failed: ['rate<0.01'],
    'http_req_duration{scenario:order}': ['p(95)<5000', 'avg<5000'],
    quickpizza_ingredients: ['max<10'],
    ws_connecting: ['p(95)<5000'],
  },
};

export function setup() {
  const login = http.post(
    `${baseUrl}/login`,
    JSON.stringify({ name: 'pizza', password: __ENV.QPZ_PASSWORD ?? 'open sesame' }),
    {
      headers: { 'content-type': 'application/json' },
    },
  );
  if (login.status !== 200) throw new Error('The service lets nobody in');
  return { token: login.json('token') };
}

export function order({ token }) {
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const made = http.post(`${baseUrl}/orders`, JSON.stringify({ toppings: 3 }), { headers });
  check(made, { 'it is in the oven': (r) => r.status === 201 });
  pizzas.add(made.json('toppings'));
  http.get(http.url`${baseUrl}/orders/${made.json('id')}`, { headers });
  sleep(0.2);
}

export function listen() {
  const socket = new WebSocket(`${baseUrl.replace('http', 'ws')}/ws`);
  socket.addEventListener('open', () => socket.send('margherita'));
  socket.addEventListener('message', ({ data }) => {
    check(data, { 'the same pizza': (text) => text === 'margherita' });
    socket.close();
  });
}

export function handleSummary(data) {
  return {
    stdout: `${data.metrics.iterations.values.count} iterations\n`,
    'qpz-summary.json': JSON.stringify(data),
    'qpz-summary.txt': `p95 ${data.metrics.http_req_duration.values['p(95)']} ms\n`,
  };
}
