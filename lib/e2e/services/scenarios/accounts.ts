import { defineAuth, defineData } from 'k6-verdict/k6';
import { login, startSession } from './endpoints.ts';

export const users = defineData('users', { csv: './users.csv', columns: ['username', 'password'] });

/** A token, for as long as the service says. */
export const account = defineAuth({
  kind: 'bearer',
  endpoints: [login],
  data: users,
  login: ({ send, row: { username, password } }) => {
    const reply = send(login, { json: { username, password } });
    const { access_token, expires_in } = reply.json<{ access_token: string; expires_in: number }>();
    return { token: access_token, expiresInSeconds: expires_in };
  },
});

/** A session, which cookies keep. */
export const session = defineAuth({
  kind: 'cookies',
  endpoints: [startSession],
  data: users,
  login: ({ send, row: { username, password } }) => {
    send(startSession, { json: { username, password } });
  },
});
