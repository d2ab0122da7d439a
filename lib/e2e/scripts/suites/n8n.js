import { check } from 'k6';
import http from 'k6/http';

// As n8n's benchmark: one webhook, the load from outside the script, its summary where a variable says.
const apiBaseUrl = __ENV.API_BASE_URL;
const resultsFile = __ENV.SUMMARY_FILE ?? 'n8n-summary.json';

export default function () {
  const res = http.post(`${apiBaseUrl}/webhook/benchmark`, JSON.stringify({}), {
    headers: { 'content-type': 'application/json' },
  });
  if (res.status !== 200) console.error(`Invalid response. Received status ${res.status}`);
  check(res, { 'is status 200': (r) => r.status === 200, 'http requests are OK': (r) => r.json('status') === 'ok' });
}

export function handleSummary(data) {
  return { [resultsFile]: JSON.stringify(data, null, 2) };
}
