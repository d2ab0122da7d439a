/**
 * A script for k6 that sends each call once by the code of the script and once by Go, and prints what came of it, a
 * JSON object a line. Imports are relative to `lib`. Each way has users and cookies of its own, and sends a call twice,
 * so that what a reply leaves behind is seen as well.
 */
export const SENT_BOTH_WAYS = `
import exec from 'k6/execution';
import http, { CookieJar } from 'k6/http';
import * as go from 'k6/x/verdict';
import { parseBaseUrl } from './core/spec/base-url.ts';
import { defineEndpoint } from './core/spec/endpoint.ts';
import { splitmix32 } from './k6/data/splitmix32.ts';
import { JourneyReply } from './k6/journeys/reply.ts';
import { okOrStop, sendFor, settled } from './k6/journeys/sender.ts';
import { toldToGo } from './k6/journeys/send-in-go.ts';
import { Steps } from './k6/journeys/steps.ts';

export const options = { iterations: 1, maxRedirects: 0, throw: __ENV.THROWS === 'yes', discardResponseBodies: __ENV.DISCARDS === 'yes' };

const at = (id, path, more) => defineEndpoint({ id, path, category: 'Any', ...more });
const bytes = new Uint8Array([0, 255, 1, 128]).buffer;
const endpoints = [
  at('plain', '/plain'),
  at('query', '/query', { query: { b: 'x y', a: [1, 'ü'], 7: true }, timeoutMs: 1234.5 }),
  at('path', '/of/{id}/and/{other}/'),
  at('post', '/post', { method: 'POST', headers: { accept: 'text/plain', 'X-Own': 'yes' } }),
  at('json', '/json', { method: 'PUT', json: { name: 'ü\\ud800' }, headers: { 'content-type': 'application/x' } }),
  at('form', '/form', { method: 'POST', form: { a: '1 2', b: [1, 2] } }),
  at('text', '/text', { method: 'PATCH', body: 'text' }),
  at('empty', '/empty', { method: 'POST', body: '' }),
  at('bytes', '/bytes', { method: 'POST', body: bytes }),
  at('parts', '/parts', { method: 'POST', form: { file: { name: 'f', data: 'content' } } }),
  at('operation', '/graphql', { method: 'POST', json: { operationName: 'o', query: 'query o { a }', variables: { a: 1 } } }),
  at('checked', '/checked', { check: ({ body, headers }) => body.includes('GET') && headers['X-Echo'] === 'yes' }),
  at('wrong', '/wrong', { check: () => false }),
  at('throws', '/throws', { check: () => { throw new Error('what a check throws'); } }),
  at('absent', '/status/404'),
  at('expected', '/status/410', { expectedStatuses: [410, 404] }),
  at('limited', '/status/429', { rateLimit: { requests: 1, windowSeconds: 1, algorithm: 'fixed-window' } }),
  at('broken', '/status/503'),
  at('drops', '/drops'),
  at('slow', '/slow', { timeoutMs: 50 }),
  at('leads', '/leads'),
  at('follows', '/leads', { redirects: 'follow' }),
  at('secret', '/secret'),
  at('elsewhere', '/plain', { server: 'none' }),
];
const asked = {
  endpoints, settings: { allowedHosts: [] }, target: parseBaseUrl(__ENV.BASE_URL),
  servers: { none: parseBaseUrl('http://127.0.0.1:9') }, order: { isRecorded: true, isExported: __ENV.EXPORTS === 'yes' },
};

/** What Go sends. */
const FOR_GO = [
  ...endpoints.filter(({ id, path }) => !path.includes('{') && id !== 'follows' && id !== 'parts').map(({ id }) => [id]),
  ['plain', {}], ['plain', { path: {}, query: undefined, json: undefined }], ['plain', { query: {} }],
  ['path', { path: { id: -0, other: 1e21 } }], ['path', { path: { id: true, other: 0.1 + 0.2 } }],
  ['query', { query: { b: undefined, a: 'none', c: null } }], ['query', { query: { 1: 'one', 7: 'seven', z: 1e21 } }],
  ['plain', { query: { a: [undefined, null, true, 5n] } }], ['plain', { query: [1, 2] }], ['plain', { query: Object.create({ inherited: 1 }) }],
  ...[1, 'ü', null, false, [], { toJSON: () => 'own' }, { a: undefined }, bytes].map((json) => ['post', { json }]),
  ['post', { json: { get a() { throw new Error('what a getter throws'); } } }], ['post', { json: 1n }],
  ['post', { form: { a: 'ü', b: undefined } }], ['post', { body: 'sent' }], ['post', { body: bytes }], ['post', { json: 1, body: 'x' }],
  ['operation', { variables: { a: 'two' } }], ['operation', { json: 1, variables: {} }],
  ['post', { headers: { 'x-own': 'other', HOST: 'elsewhere.test', 'user-agent': 'me' } }], ['post', { headers: { 'content-length': '7' }, body: 'x' }],
  ['json', { json: 1, headers: { 'Content-Type': 'own/type' } }], ['post', { headers: { bad: 'a\\nb' } }],
];
/** What it leaves to the script, most of it wrong. */
const FOR_SCRIPT = [
  ['follows'], ['parts'], ['unknown'], ['plain', null], ['plain', { query: { d: new Date(0) } }], ['plain', { query: { a: [[1, 2], undefined] } }],
  ['plain', { query: { a: Symbol.iterator } }], ['plain', { query: 'text' }], ['plain', { query: { '\\ud834': 1 } }],
  ['post', { json: () => 1 }], ['post', { form: { f: { name: 'f', data: bytes } } }], ['post', { body: 5 }],
  ['path'], ['path', {}], ['path', { path: null }],
  ...['', '.', '..', NaN, Infinity, 1n, null, new String('x')].map((id) => ['path', { path: { id, other: 1 } }]), ['path', { path: { id: 1, othr: 1 } }],
];

const ODD = ['a', 'Z', '0', '-', '_', '.', '!', '~', '*', "'", '(', ')', ' ', '+', '/', '?', '#', '%', '&', '=', '"', '\\\\', '\\u0000', '\\n',
  'ü', '€', '𝄞', '\\ud834', '\\udd1e', '\\ufeff', '\\uffff', '<', '{', ';', ':', '@'];
/** Calls of texts and numbers of all kinds, always the same. */
function randomCalls(count) {
  let place = 0;
  const below = (limit) => Math.floor(splitmix32(7, place++) * limit);
  const text = (least) => Array.from({ length: least + below(6) }, () => ODD[below(ODD.length)]).join('');
  const value = () => [() => text(0), () => below(1e9) - 5e8, () => splitmix32(8, place++) * 10 ** below(40), () => below(2) === 0][below(4)]();
  const some = (make) => Object.fromEntries(Array.from({ length: below(4) }, () => [below(3) === 0 ? below(20) : text(0), make()]));
  return Array.from({ length: count }, () => [['path', 'post', 'query'][below(3)], {
    path: { id: text(1), other: value() }, query: some(() => (below(4) === 0 ? [value(), value()] : value())),
    ...(below(2) === 0 ? { json: some(value) } : null),
  }]);
}

/** Who logs in again once, and then may see the secret. */
const someone = (carries) => ({
  carries, renewAtMs: Infinity, renewed: 0,
  carried() { return this.carries; },
  renew() { this.carries = { ...this.carries, headers: { ...this.carries.headers, Authorization: 'new' } }; return (this.renewed += 1) === 1; },
});
const carrying = () => [
  { carries: {} }, { carries: { headers: { Authorization: 'old', 'x-own': 'carried' } } }, { carries: { jar: new CookieJar() } },
].map(({ carries }) => someone(carries));

const steps = toldToGo(new Steps(asked, 'endpoint'));
function userOf(way, sender) {
  const user = { steps, lastStep: undefined, left: 0 };
  const stepOf = ({ id }) => { user.lastStep = id; const step = steps.byId.get(id); if (!step) throw new Error('no ' + id); return step; };
  const inScript = sendFor(stepOf, sender);
  const left = (send) => (...call) => { user.left += 1; return send(...call); };
  const send = way === 'script' ? inScript : go.sendFor({
    user, credentials: sender, send: left(inScript), orStop: left(inScript.orStop), okOrStop,
    settled: (endpoint, call, reply) => settled(stepOf(endpoint), call, sender, reply),
  });
  return { user, sender, send };
}

function described(send, endpoint, ...call) {
  try {
    const reply = send(endpoint, ...call);
    const { outcome, ok, isLimited, status, body, headers } = reply;
    const { Date: _, ...kept } = headers;
    let json;
    try { json = reply.json(); } catch ({ message }) { json = message; }
    return { outcome, ok, isLimited, status, body, headers: kept, json, echo: reply.header('x-ECHO'), isReply: reply instanceof JourneyReply };
  } catch (error) {
    return { threw: String(error), name: error.name };
  }
}

function textOf(call) {
  try {
    return String(JSON.stringify(call, (_, value) => (typeof value === 'bigint' ? String(value) + 'n' : value)));
  } catch ({ message }) {
    return message;
  }
}

export default function () {
  const ways = Object.fromEntries(['script', 'go'].map((way) => [way, carrying().map((sender) => userOf(way, sender))]));
  const tables = { go: FOR_GO, script: FOR_SCRIPT, either: randomCalls(Number(__ENV.RANDOM)) };
  const cases = Object.entries(tables).flatMap(([by, calls]) => calls.flatMap(([id, ...call]) => ways.go.map((_, as) => ({ by, id, call, as }))));
  for (const [number, { by, id, call, as }] of cases.entries()) {
    const endpoint = endpoints.find((each) => each.id === id) ?? { id };
    const found = {};
    for (const way of ['script', 'go']) {
      http.cookieJar().clear(__ENV.BASE_URL);
      Object.assign(exec.vu.metrics.tags, { way, case: String(number) });
      const { user, sender, send } = ways[way][as];
      const came = [described(send, endpoint, ...call), described(send.orStop, endpoint, ...call)];
      found[way] = { came, lastStep: user.lastStep, renewed: sender.renewed };
      if (way === 'go') found.left = user.left;
      user.left = 0;
    }
    console.log(JSON.stringify({ number, by, id, call: textOf(call), as, ...found }));
  }
}
`;
