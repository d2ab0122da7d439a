import { check, group } from 'k6';
import http from 'k6/http';
import { Counter, Gauge } from 'k6/metrics';

// As hiero-mirror-node: limits that cannot be crossed, so that k6 prints a figure; Markdown made of them.
const baseUrl = __ENV.BASE_URL;
const balances = new Counter('balances');
const lastSize = new Gauge('last_size');

export const options = {
  scenarios: {
    accounts: { executor: 'constant-vus', exec: 'accounts', vus: 2, duration: '1s', tags: { test: 'accounts' } },
    blocks: {
      executor: 'constant-vus',
      exec: 'blocks',
      vus: 1,
      duration: '1s',
      startTime: '1s',
      tags: { test: 'blocks' },
    },
  },
  thresholds: {
    'http_reqs{test:accounts}': ['count>=0'], // make it not fail
    'http_req_duration{test:accounts}': ['avg>=0'],
    'http_req_duration{test:blocks}': ['avg>=0'],
    'balances{kind:small}': ['count>=0'],
    last_size: ['value>=0'],
  },
  rps: 40,
};

export function accounts() {
  group('accounts', () => {
    const hash = '0x'.concat('5b2a9f'.repeat(10), 'cafe');
    const reply = http.get(`${baseUrl}/documents/${hash}?limit=1`);
    check(reply, { 'nothing is known of it': (r) => r.status === 404 });
    balances.add(1, { kind: 'small' });
    lastSize.add(reply.body.length);
  });
}

export function blocks() {
  http.get(`${baseUrl}/search?q=block`, { tags: { name: '/api/v1/blocks' } });
}

export function handleSummary({ metrics }) {
  const { count } = metrics['http_reqs{test:accounts}'].values;
  return { stdout: '', 'mir-report.md': `| URL | Requests |\n|---|---|\n| accounts | ${count} |\n` };
}
