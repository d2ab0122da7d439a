import { check, group } from 'k6';
import http from 'k6/http';
import grpc from 'k6/net/grpc';

// As instill-ai/pipeline-backend: the same service by REST and by gRPC, all checks must hold, and all is cleaned up.
const baseUrl = __ENV.BASE_URL;
const client = new grpc.Client();
client.load(['protos'], 'feature.proto');

export const options = {
  vus: 1,
  iterations: 3,
  thresholds: { checks: ['rate == 1.0'], grpc_req_duration: ['p(95)<5000'] },
};

export function setup() {
  const login = http.request('POST', `${baseUrl}/oauth/token`, { grant_type: 'client_credentials' });
  check(login, { 'a token is there': (r) => r.status === 200 });
  return { headers: { Authorization: `Bearer ${login.json('access_token')}`, 'Content-Type': 'application/json' } };
}

export default function ({ headers }) {
  group('Pipelines API: Create a pipeline', () => {
    const made = http.request('POST', `${baseUrl}/orders`, JSON.stringify({ recipe: 'v1' }), { headers });
    check(made, { 'POST /orders response status is 201': (r) => r.status === 201 });
    const id = made.json('id');
    check(http.request('GET', `${baseUrl}/orders/${id}`, null, { headers }), {
      'GET /orders/{id} has the recipe': (r) => r.json('recipe') === 'v1',
    });
    check(http.request('DELETE', `${baseUrl}/orders/${id}`, null, { headers }), {
      'DELETE /orders/{id} response status 204': (r) => r.status === 204,
    });
  });
  group('Pipelines gRPC', () => {
    client.connect(__ENV.GRPC_ADDR, { plaintext: true });
    const reply = client.invoke('main.FeatureExplorer/GetFeature', { latitude: 1, longitude: 2 });
    check(reply, { 'GetFeature is OK': (r) => r.status === grpc.StatusOK && r.message.name === 'here' });
    client.close();
  });
}

export function teardown({ headers }) {
  check(http.request('GET', `${baseUrl}/orders`, null, { headers }), {
    'the list can be read': (r) => r.status === 200,
  });
}
