import { check, group } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { type Session, sessionOf } from './common/session.ts';

// As bcgov/SIMS: TypeScript with its ending in imports, typed data out of setup, a session kept per user, no limits.
const baseUrl = __ENV.BASE_URL as string;

enum Program {
  Arts = 'arts',
  Science = 'science',
}

interface Seeded {
  readonly documents: readonly string[];
}

export const options: Options = {
  scenarios: { apply: { executor: 'per-vu-iterations', vus: 2, iterations: 4 } },
  setupTimeout: '20s',
};

let session: Session | undefined;

export function setup(): Seeded {
  const programs = [Program.Arts, Program.Science];
  const documents = programs.map((program) =>
    String(http.post(`${baseUrl}/documents`, JSON.stringify({ program })).json('id')),
  );
  return { documents };
}

export default function apply({ documents }: Seeded): void {
  session ??= sessionOf(baseUrl, 'student');
  const params = { headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' } };
  const document = documents[__ITER % documents.length];
  group('Student application', () => {
    http.get(`${baseUrl}/documents/${document}`);
    group('Submit', () => {
      const made = http.post(`${baseUrl}/orders`, JSON.stringify({ document }), params);
      check(made, { 'it was submitted': ({ status }) => status === 201 });
      http.patch(`${baseUrl}/orders/${made.json('id')}`, JSON.stringify({ state: 'assessed' }), params);
    });
  });
}
