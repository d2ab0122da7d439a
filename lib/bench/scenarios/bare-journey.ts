import http from 'k6/http';

// The same requests as journey.ts, as one writes them for k6 alone.
const base = __ENV.BASE_URL;
const json = { 'Content-Type': 'application/json' };
let token: string | undefined;

export const options = {
  scenarios: {
    users: {
      executor: 'per-vu-iterations',
      vus: 20,
      iterations: Number(__ENV.JOURNEYS_PER_USER ?? 100),
      maxDuration: '10m',
    },
  },
};

export default () => {
  if (token === undefined) {
    http.post(`${base}/login`, JSON.stringify({ username: 'user', password: 'secret' }), { headers: json });
    token = 'token-of-the-bench';
  }
  const authorization = { Authorization: `Bearer ${token}` };
  const headers = { ...authorization, ...json };
  const created = http.post(`${base}/orders`, JSON.stringify({ sku: 'article-1', quantity: 2 }), { headers });
  const { items } = JSON.parse(String(created.body)) as { items: { id: number }[] };
  const id = items[3]?.id ?? 0;
  const named = { headers, tags: { name: '/orders/{id}' } };
  http.get(`${base}/orders/${id}`, { headers: authorization, tags: { name: '/orders/{id}' } });
  http.get(`${base}/orders?page=1&size=10`, { headers: authorization });
  http.patch(`${base}/orders/${id}`, JSON.stringify({ quantity: 3 }), named);
  http.del(`${base}/orders/${id}`, null, { headers: authorization, tags: { name: '/orders/{id}' } });
};
