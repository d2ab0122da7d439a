import { check } from 'k6';
import http from 'k6/http';

// As bcgov/common-hosted-form-service: a token that is kept until it is refused, and a limiter whose 429 are expected.
const baseUrl = __ENV.BASE_URL;
const USES = 5;
let token = '';

http.setResponseCallback(http.expectedStatuses({ min: 200, max: 399 }, 429));

export const options = {
  scenarios: {
    forms: { executor: 'per-vu-iterations', vus: 2, iterations: 6, exec: 'forms', maxDuration: '20s' },
    limited: { executor: 'shared-iterations', vus: 1, iterations: 25, exec: 'limited', maxDuration: '20s' },
  },
  thresholds: {
    'http_req_failed{scenario:limited}': ['rate==0'],
    'http_req_failed{name:submit form}': ['rate<0.5'],
    'http_reqs{status:429}': ['count==5'],
    iteration_duration: ['p(95)<10000'],
  },
};

function renew() {
  const form = { grant_type: 'client_credentials', client_id: 'chefs', uses: String(USES) };
  token = http.post(`${baseUrl}/oauth/token`, form).json('access_token');
}

function submit() {
  return http.post(`${baseUrl}/orders`, JSON.stringify({ submission: { firstName: `user ${__VU}` } }), {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    tags: { name: 'submit form' },
  });
}

export function forms() {
  let sent = submit();
  if (sent.status === 401) {
    renew();
    sent = submit();
  }
  check(sent, { 'the form was taken': (r) => r.status === 201 });
}

export function limited() {
  http.get(`${baseUrl}/limited`);
}
