import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../spec/sum.ts';
import {
  addOutcomes,
  classifyReply,
  classifySocketError,
  countRequests,
  NO_ANSWER,
  OBSERVED_OUTCOMES,
  OUTCOMES,
  type Outcome,
  type OutcomeCounts,
  outcomesOfKind,
} from './outcome.ts';

describe('a response without a status is classified by its cause', () => {
  it.each([
    ['close without response', 1000, 'EOF', 'reset'],
    ['close without response, with the request in front', 1000, 'Get "http://127.0.0.1:8000/": EOF', 'reset'],
    ['truncated body', 1000, 'unexpected EOF', 'reset'],
    ['garbage instead of a header', 1000, 'malformed HTTP response "garbage"', 'other_error'],
    ['EOF in the middle of a text', 1000, 'EOF is not what this is about', 'other_error'],
    ['a word that ends in EOF', 1000, 'NOTEOF', 'other_error'],
    ['code 1000 without a text', 1000, undefined, 'other_error'],
    ['RST before the response', 1220, 'read: connection reset by peer', 'reset'],
    ['broken pipe while writing', 1201, 'write: broken pipe', 'reset'],
    ['bad gzip', 1701, 'error decompressing', 'other_error'],
    ['refused', 1212, 'dial: connection refused', 'refused'],
    ['request timeout, also with a full backlog', 1050, 'request timeout', 'timeout'],
    ['k6 dialer timeout', 1211, 'dial: i/o timeout', 'timeout'],
    ['DNS', 1101, 'lookup: no such host', 'dns'],
    ['first DNS code', 1100, '', 'dns'],
    ['last DNS code', 1199, '', 'dns'],
    ['other TCP error', 1200, '', 'other_error'],
    ['TLS untrusted', 1311, "certificate doesn't match hostname", 'tls'],
    ['TLS to a plain port', 1301, 'first record does not look like TLS', 'tls'],
    ['first TLS code', 1300, '', 'tls'],
    ['last TLS code', 1399, '', 'tls'],
    ['below the TLS codes', 1299, '', 'other_error'],
    ['bad port', 1210, 'dial tcp: invalid port', 'other_error'],
    ['h2 GOAWAY INTERNAL', 1613, '', 'http2_error'],
    ['h2 GOAWAY NO_ERROR', 1611, '', 'http2_error'],
    ['h2 RST_STREAM INTERNAL', 1633, '', 'http2_error'],
    ['first h2 code', 1600, '', 'http2_error'],
    ['last h2 code', 1699, '', 'http2_error'],
    ['h2 REFUSED_STREAM, retried until the timeout', 1050, 'request timeout', 'timeout'],
    ['no open file left', 1213, 'dial: unknown errno 24 error with msg `too many open files`', 'not_sent'],
    ['no port left', 1213, 'dial: unknown errno 99 error with msg `cannot assign requested address`', 'not_sent'],
    ['no buffer left', 1213, 'dial: unknown errno 105 error with msg `no buffer space available`', 'not_sent'],
    ['no file to ask for a name', 1100, 'lookup shop.example: dial udp: too many open files', 'not_sent'],
    ['another error of the system', 1213, 'dial: unknown errno 113 error with msg `no route to host`', 'other_error'],
    ['no code at all', 0, '', 'other_error'],
  ] as const)('%s: code %i, error %j is %s', (_case, errorCode, error, outcome) => {
    expect(classifyReply({ status: 0, errorCode, ...(error === undefined ? {} : { error }) })).toBe(outcome);
  });
});

describe('a response with a status is classified by the class of it, whatever the error code', () => {
  it.each([
    [429, 1429, 'rate_limited'],
    [404, 1404, 'not_found'],
    [400, 1400, 'client_error'],
    [401, 1401, 'client_error'],
    [403, 1403, 'client_error'],
    [428, 1428, 'client_error'],
    [430, 1430, 'client_error'],
    [499, 1499, 'client_error'],
    [500, 1500, 'server_error'],
    [503, 1503, 'server_error'],
    [520, 1520, 'server_error'],
    [561, 1561, 'server_error'],
    [599, 1599, 'server_error'],
    [600, 0, 'unexpected_status'],
    [999, 0, 'unexpected_status'],
    [100, 0, 'unexpected_status'],
    [204, 0, 'unexpected_status'],
    [301, 0, 'unexpected_status'],
    [302, 0, 'unexpected_status'],
    [304, 0, 'unexpected_status'],
    [399, 0, 'unexpected_status'],
    [500, 1050, 'server_error'],
  ] as const)('status %i with code %i is %s', (status, errorCode, outcome) => {
    expect(classifyReply({ status, errorCode })).toBe(outcome);
  });

  it('holds for every status there can be, without a gap between the classes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), (status) => {
        const outcome = classifyReply({ status, errorCode: 0 });
        expect(outcome === 'server_error').toBe(status >= 500 && status < 600);
        expect(['rate_limited', 'not_found', 'client_error'].includes(outcome)).toBe(status >= 400 && status < 500);
      }),
    );
  });
});

describe('a socket that did not open is classified by what k6 says of it', () => {
  it.each([
    ['websocket: bad handshake', 'unexpected_status'],
    ['dial tcp 127.0.0.1:9: socket: too many open files', 'not_sent'],
    ['dial tcp 127.0.0.1:9: connect: connection refused', 'refused'],
    ['read tcp 127.0.0.1:9: read: connection reset by peer', 'reset'],
    ['dial tcp 10.0.0.1:9: i/o timeout', 'timeout'],
    ['context deadline exceeded', 'timeout'],
    ['net/http: TLS handshake timeout', 'timeout'],
    ['dial tcp: lookup nowhere.example: no such host', 'dns'],
    ['x509: certificate signed by unknown authority', 'tls'],
    ['tls: first record does not look like a TLS handshake', 'tls'],
    ['unexpected EOF', 'reset'],
    ['malformed HTTP response', 'other_error'],
    ['', 'other_error'],
  ] as const)('%j is %s', (error, outcome) => {
    expect(classifySocketError(error)).toBe(outcome);
  });
});

it('every outcome is of one kind', () => {
  const kinds = [
    'ok',
    'wrong_reply',
    'too_late',
    'not_accepted',
    'not_sent',
    'not_reached',
    'not_recorded',
    'not_told',
  ] as const;
  expect(kinds.flatMap((kind) => outcomesOfKind(kind))).toEqual([...OUTCOMES]);
  expect(outcomesOfKind('not_accepted')).toEqual(['refused', 'reset', 'http2_error']);
});

it('no response came to what is neither ok nor a wrong response nor unknown', () => {
  expect([...NO_ANSWER, ...outcomesOfKind('ok', 'wrong_reply', 'not_told')].sort()).toEqual([...OUTCOMES].sort());
  expect(NO_ANSWER).toEqual([
    'timeout',
    'refused',
    'reset',
    'http2_error',
    'not_sent',
    'dns',
    'tls',
    'other_error',
    'unclassified',
  ]);
});

it('a script observes every outcome but ok and what nobody observed', () => {
  expect([...OBSERVED_OUTCOMES, 'ok', 'unclassified', 'unknown'].sort()).toEqual([...OUTCOMES].sort());
});

it('adds counts outcome by outcome and leaves out what never happened', () => {
  expect(addOutcomes([{ ok: 2, timeout: 1 }, { ok: 3, not_found: 0 }, {}])).toEqual({ ok: 5, timeout: 1 });
  expect(addOutcomes([])).toEqual({});
});

it('counts every outcome as a request, once', () => {
  const counts: OutcomeCounts = Object.fromEntries(OUTCOMES.map((outcome, i) => [outcome, 2 ** i]));
  expect(countRequests(counts)).toBe(2 ** OUTCOMES.length - 1);
  expect(countRequests({})).toBe(0);
});

it('adding never loses or invents a request', () => {
  const outcome = fc.constantFrom<Outcome>(...OUTCOMES);
  const counts = fc.dictionary(outcome, fc.nat(1_000_000)) as fc.Arbitrary<OutcomeCounts>;
  fc.assert(
    fc.property(fc.array(counts), (all) => {
      const together = sum(all.map(countRequests));
      expect(countRequests(addOutcomes(all))).toBe(together);
    }),
  );
});
