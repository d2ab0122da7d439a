import { check } from 'k6';
import http from 'k6/http';

// As Altinn/dialogporten: GraphQL and REST side by side, thresholds that only make k6 print a row, JUnit by hand.
const environments = { local: { baseUrl: __ENV.BASE_URL }, yt01: { baseUrl: 'https://platform.invalid' } };
const { baseUrl } = environments[__ENV.API_ENVIRONMENT ?? 'local'];

export const options = {
  vus: 2,
  iterations: 10,
  thresholds: {
    'http_req_duration{name:graphql search}': [],
    'http_reqs{name:graphql search}': [],
    'http_req_duration{name:get dialog}': [],
  },
};

const query = 'query Search($party: String!) { searchDialogs(input: { party: $party }) { items { id } hasNextPage } }';

export function setup() {
  const headers = { 'content-type': 'application/json' };
  return http.post(`${baseUrl}/documents`, JSON.stringify({ summary: 'A dialog' }), { headers }).json('id');
}

export default function (dialogId) {
  const found = http.post(`${baseUrl}/graphql`, JSON.stringify({ query, variables: { party: '0808' } }), {
    headers: { 'content-type': 'application/json' },
    tags: { name: 'graphql search' },
  });
  check(found, { 'no errors': (r) => r.json('errors') === undefined, 'a list': (r) => r.status === 200 });
  http.get(`${baseUrl}/documents/${dialogId}`, { tags: { name: 'get dialog' } });
  http.get(`${baseUrl}/search?q=${__VU}-${__ITER}`);
}

export function handleSummary({ root_group: { checks } }) {
  const cases = checks.map(({ name, fails }) =>
    fails > 0 ? `<testcase name="${name}"><failure/></testcase>` : `<testcase name="${name}"/>`,
  );
  return { 'dia-junit.xml': `<testsuite name="dialogs" tests="${checks.length}">${cases.join('')}</testsuite>` };
}
