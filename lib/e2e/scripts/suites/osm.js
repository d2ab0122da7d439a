import { check, sleep } from 'k6';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';

// As opensearch-migrations: writers and readers at rates of their own, bulk bodies by line, a job polled until done.
const baseUrl = __ENV.BASE_URL;
const indexed = new Counter('documents_indexed');
const migration = new Trend('migration_polls');

const arrivals = (exec, rate) => ({
  executor: 'constant-arrival-rate',
  exec,
  rate,
  timeUnit: '1s',
  duration: '2s',
  preAllocatedVUs: 3,
  maxVUs: 6,
});

export const options = {
  scenarios: {
    writers: arrivals('write', 5),
    readers: arrivals('read', 10),
    migrate: { executor: 'per-vu-iterations', exec: 'migrate', vus: 1, iterations: 2, maxDuration: '20s' },
  },
  thresholds: {
    'http_req_duration{operation:search}': ['p(90)<5000'],
    'http_req_failed{operation:bulk}': ['rate<0.01'],
    documents_indexed: ['count>=20'],
    migration_polls: ['max==3'],
  },
};

export function write() {
  const lines = ['mug', 'bag', 'pen'].flatMap((name) => [{ index: { _index: 'products' } }, { name, vu: __VU }]);
  const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
  const reply = http.post(`${baseUrl}/products/_bulk`, body, {
    headers: { 'content-type': 'application/x-ndjson' },
    tags: { operation: 'bulk' },
  });
  if (check(reply, { 'none was refused': (r) => r.json('errors') === false })) indexed.add(reply.json('items'));
}

export function read() {
  const query = JSON.stringify({ query: { match: { name: 'mug' } } });
  const headers = { 'content-type': 'application/json' };
  http.post(`${baseUrl}/products/_search`, query, { headers, tags: { operation: 'search' } });
}

export function migrate() {
  const id = http.post(`${baseUrl}/jobs`).json('id');
  let polls = 0;
  for (let status = 'queued'; status !== 'done' && polls < 10; polls += 1) {
    status = http.get(`${baseUrl}/jobs/${id}`).json('status');
    sleep(0.05);
  }
  migration.add(polls);
}
