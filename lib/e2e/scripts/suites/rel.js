import { check } from 'k6';
import http from 'k6/http';
import ws from 'k6/ws';

// As hiero-json-rpc-relay: one scenario per method, made of a list, its limits too; a report in Markdown.
const url = `${__ENV.BASE_URL}/rpc`;
const methods = ['eth_chainId', 'eth_blockNumber', 'eth_notThere'];
const results = (metrics, method) => metrics[`checks{scenario:${method}}`].values;

const scenarios = Object.fromEntries(
  methods.map((method, at) => [
    method,
    { executor: 'per-vu-iterations', vus: 2, iterations: 4, startTime: `${at * 200}ms`, exec: 'call', env: { method } },
  ]),
);

export const options = {
  scenarios: { ...scenarios, subscribe: { executor: 'per-vu-iterations', vus: 1, iterations: 2, exec: 'subscribe' } },
  thresholds: Object.fromEntries(methods.map((method) => [`checks{scenario:${method}}`, ['rate>0.95']])),
};

export function call() {
  const { method } = __ENV;
  const body = JSON.stringify({ jsonrpc: '2.0', id: __ITER, method, params: [] });
  const reply = http.post(url, body, { headers: { 'content-type': 'application/json' }, tags: { name: method } });
  check(reply, { 'there is a result': (r) => r.status === 200 && r.json('result') !== undefined });
}

export function subscribe() {
  const reply = ws.connect(`${url.replace('http', 'ws')}/events`, { tags: { name: 'eth_subscribe' } }, (socket) => {
    socket.on('open', () => socket.send('newHeads'));
    socket.on('message', () => socket.close());
  });
  check(reply, { 'it is a socket': (r) => r && r.status === 101 });
}

export function handleSummary({ metrics }) {
  const rows = methods.map((method) => `| ${method} | ${results(metrics, method).passes} |`);
  return { 'rel-report.md': ['| method | passed |', '|---|---|', ...rows, ''].join('\n') };
}
