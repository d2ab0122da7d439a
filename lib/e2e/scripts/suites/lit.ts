import { check, sleep } from 'k6';
import http from 'k6/http';
import { Counter, Rate } from 'k6/metrics';
import type { Options } from 'k6/options';
import { pickByWeight } from './common/weights.ts';

// As LIT-Protocol/chipotle: TypeScript that k6 runs itself, a weighted choice, and a limit that ends the run early.
const baseUrl = __ENV.BASE_URL;
const params = { headers: { 'x-api-key': __ENV.LIT_API_KEY ?? '', 'content-type': 'application/json' } };
const failures = new Rate('lit_action_failures');
const actions = new Counter('lit_actions');

export const options: Options = {
  scenarios: {
    // The limit ends it long before: who was served waits until then.
    actions: { executor: 'per-vu-iterations', vus: 3, iterations: 1, maxDuration: '1m', gracefulStop: '0s' },
  },
  thresholds: {
    lit_action_failures: [{ threshold: 'rate<0.2', abortOnFail: true }],
    'http_req_failed{name:broken_action}': ['rate<0.01'],
    'lit_actions{kind:sign}': ['count>0'],
  },
};

const sign = () => http.post(`${baseUrl}/orders`, JSON.stringify({ action: 'sign' }), params);
const broken = () => http.get(`${baseUrl}/failing`, { tags: { name: 'broken_action' } });

export default function run(): void {
  const choices: [number, 'sign' | 'broken'][] = [
    [3, 'sign'],
    [1, 'broken'],
  ];
  for (let turn = 0; turn < 8; turn += 1) {
    const kind = pickByWeight(choices, turn);
    const reply = kind === 'sign' ? sign() : broken();
    actions.add(1, { kind });
    failures.add(!check(reply, { 'the action ran': ({ status }) => status < 300 }));
  }
  sleep(60);
}

export function handleSummary(data: { metrics: Record<string, unknown> }): Record<string, string> {
  return { 'lit-results.json': JSON.stringify(Object.keys(data.metrics).sort()) };
}
