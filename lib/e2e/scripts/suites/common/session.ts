import http from 'k6/http';

export interface Session {
  readonly token: string;
}

/** Logs in. */
export function sessionOf(baseUrl: string, name: string): Session {
  const body = JSON.stringify({ name, password: 'open sesame' });
  const reply = http.post(`${baseUrl}/login`, body, { headers: { 'content-type': 'application/json' } });
  return { token: String(reply.json('token')) };
}
