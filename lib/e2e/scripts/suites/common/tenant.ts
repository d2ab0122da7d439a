import { check } from 'k6';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

export interface Human {
  readonly userId: string;
}

const createTime = new Trend('user_create_human_duration', true);

/** Makes a user of the tenant, and says how long it took. */
export function createHuman(baseUrl: string, userName: string): Human {
  const reply = http.post(`${baseUrl}/v2/users/human`, JSON.stringify({ userName }), {
    headers: { 'content-type': 'application/json' },
  });
  check(reply, { 'the user was made': ({ status }) => status === 201 });
  createTime.add(reply.timings.duration);
  return reply.json() as unknown as Human;
}

export function removeHuman(baseUrl: string, { userId }: Human): void {
  http.del(`${baseUrl}/v2/users/${userId}`);
}
