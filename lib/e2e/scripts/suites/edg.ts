import { check } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import type { Options } from 'k6/options';

// As supabase/edge-runtime: functions by name, bodies of several kinds, scenarios chosen by a variable, no limit.
const functions = `${__ENV.TARGET}/functions`;
const bytes = new Uint8Array(1024).fill(7);

type Kind = 'hello' | 'echo' | 'upload' | 'crash';
const chosen = (__ENV.FUNCTIONS ?? 'hello,echo,upload,crash').split(',') as Kind[];

export const options: Options = {
  noConnectionReuse: true,
  userAgent: 'edge-runtime-load',
  scenarios: Object.fromEntries(
    chosen.map((exec) => [exec, { executor: 'per-vu-iterations', vus: 2, iterations: 3, maxDuration: '20s', exec }]),
  ),
};

function expectFrom(name: Kind, reply: RefinedResponse<'text'>): void {
  check(reply, { [`${name} answers`]: ({ status }) => status === 200, 'it is itself': (r) => r.json('from') === name });
}

export function hello(): void {
  const headers = { 'content-type': 'application/json' };
  expectFrom('hello', http.post(`${functions}/hello`, JSON.stringify({ name: 'edge' }), { headers }));
}

export function echo(): void {
  const headers = { 'content-type': 'application/octet-stream' };
  expectFrom('echo', http.post(`${functions}/echo`, bytes.buffer, { headers, compression: 'gzip' }));
}

export function upload(): void {
  const file = http.file(bytes.buffer, 'meow.bin', 'application/octet-stream');
  expectFrom('upload', http.post(`${functions}/upload`, { file }, { tags: { name: 'upload a file' } }));
}

export function crash(): void {
  check(http.get(`${__ENV.TARGET}/reset`), { 'the worker died': ({ error_code }) => error_code !== 0 });
}
