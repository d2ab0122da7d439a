import http from 'k6/http';

// The same requests as wide.ts, by a script that counts nothing per endpoint.
const endpoints = Number(__ENV.ENDPOINTS ?? 12);
const urls = Array.from({ length: endpoints }, (_, i) => `${__ENV.BASE_URL}/endpoint/${i}`);

export const options = {
  scenarios: {
    users: {
      executor: 'per-vu-iterations',
      vus: Number(__ENV.USERS ?? 20),
      iterations: endpoints * Number(__ENV.REQUESTS_PER_ENDPOINT ?? 100),
      maxDuration: '10m',
    },
  },
};

export default () => {
  http.get(urls[(__VU + __ITER) % endpoints] ?? '');
};
