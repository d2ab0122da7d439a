import http from 'k6/http';
import { createHuman, type Human, removeHuman } from './common/tenant';

// As zitadel's load tests: users of a tenant seeded before and removed after, a Trend per call, built by a bundler.
const host = __ENV.ZITADEL_HOST as string;

export const options = {
  scenarios: {
    verify: { executor: 'constant-vus', vus: Number(__ENV.MAX_VUS ?? 2), duration: '1s', exec: 'verifyUser' },
    create: { executor: 'shared-iterations', vus: 2, iterations: 6, exec: 'makeUser' },
  },
  rps: 40,
  summaryTimeUnit: 's',
};

export function setup(): { users: Human[] } {
  return { users: [1, 2, 3].map((at) => createHuman(host, `seeded-${at}`)) };
}

export function verifyUser({ users }: { users: Human[] }): void {
  const { userId } = users[__ITER % users.length] as Human;
  http.get(`${host}/v2/users/${userId}?withPermissions=true`);
}

export function makeUser(): void {
  removeHuman(host, createHuman(host, `user-${__VU}-${__ITER}`));
}

export function teardown({ users }: { users: Human[] }): void {
  for (const user of users) removeHuman(host, user);
}
