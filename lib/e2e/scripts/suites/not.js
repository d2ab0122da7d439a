import { check, fail } from 'k6';
import http from 'k6/http';
import secrets from 'k6/secrets';

// As Altinn/altinn-notifications: the credential is a secret of k6's store, thresholds are empty but for a few.
const baseUrl = __ENV.BASE_URL;
const steps = ['post_notification', 'get_status'];

const emptyThresholds = () => Object.fromEntries(steps.flatMap((name) => [[`http_req_duration{name:${name}}`, []]]));

export const options = {
  vus: 2,
  iterations: 6,
  summaryTrendStats: ['avg', 'p(95)', 'p(99)', 'count'],
  thresholds: { ...emptyThresholds(), 'http_req_failed{name:post_notification}': ['rate<0.05'] },
};

export default async function () {
  const headers = { 'x-api-key': await secrets.get('api_key'), 'content-type': 'application/json' };
  const posted = http.post(`${baseUrl}/orders`, JSON.stringify({ recipient: `user-${__ITER}` }), {
    headers,
    tags: { name: steps[0] },
  });
  if (!check(posted, { 'it was accepted': (r) => r.status === 201 })) fail('no notification');
  const { status } = await http.asyncRequest('GET', `${baseUrl}/orders/${posted.json('id')}`, null, {
    headers,
    tags: { name: steps[1] },
  });
  check(status, { 'it has a status': (code) => code === 200 });
}

export const handleSummary = (data) => ({ 'not-summary.json': JSON.stringify(data.metrics) });
