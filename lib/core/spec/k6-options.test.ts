import { describe, expect, it } from 'vitest';
import { describeK6Options, k6OptionsOf, k6OptionsOfScript } from './k6-options.ts';

/** As k6 2.2 gives them where nobody says anything: every option is there, and most are null. */
const USUAL = {
  paused: null,
  scenarios: { users: { executor: 'constant-vus' } },
  rps: null,
  dns: { ttl: null, select: null, policy: null },
  maxRedirects: 0,
  userAgent: null,
  batch: null,
  tlsAuth: null,
  throw: null,
  blacklistIPs: null,
  hosts: null,
  noConnectionReuse: null,
  noCookiesReset: true,
  tags: { team: 'red' },
  localIPs: null,
};

describe('the options that change the work', () => {
  it('are none where everything is as usual, and those that change no work', () => {
    expect(k6OptionsOf(USUAL)).toEqual({});
    expect(k6OptionsOf({ ...USUAL, batch: 20, batchPerHost: 6, tags: { a: 'b' }, systemTags: ['url'] })).toEqual({});
  });

  it.each<[string, unknown, unknown]>([
    ['noConnectionReuse', true, true],
    ['noVUConnectionReuse', true, true],
    ['insecureSkipTLSVerify', true, true],
    ['noCookiesReset', false, false],
    ['discardResponseBodies', false, false],
    ['throw', true, true],
    ['localIPs', '127.0.0.1,127.0.0.2', '127.0.0.1,127.0.0.2'],
    ['batch', 5, 5],
    ['batchPerHost', 1, 1],
    ['rps', 10, 10],
    ['maxRedirects', 10, 10],
    ['userAgent', 'curl/8', 'curl/8'],
    ['httpDebug', 'full', 'full'],
    ['minIterationDuration', '1s', '1s'],
    ['dns', { ttl: '0', select: null, policy: 'onlyIPv4' }, 'policy=onlyIPv4, ttl=0'],
    ['hosts', { 'b.test': '10.0.0.2', 'a.test': '10.0.0.1' }, 'a.test=10.0.0.1, b.test=10.0.0.2'],
    ['blacklistIPs', ['10.0.0.0/8'], '10.0.0.0/8'],
    ['blockHostnames', ['*.a.test', 'b.test'], '*.a.test, b.test'],
    ['tlsVersion', { min: 'tls1.2', max: 'tls1.3' }, 'max=tls1.3, min=tls1.2'],
  ])('hold %s', (name, value, told) => {
    expect(k6OptionsOf({ ...USUAL, [name]: value })).toEqual({ [name]: told });
  });

  it('say for whom there are client certificates, and nothing of their keys', () => {
    const tlsAuth = [{ cert: 'CERT', key: 'KEY', password: 'WORD', domains: ['a.test'] }, { key: 'KEY' }];
    const found = k6OptionsOf({ ...USUAL, tlsAuth });
    expect(found).toEqual({ tlsAuth: 'certificate for a.test, certificate for every host' });
  });

  it('read as one line', () => {
    expect(describeK6Options({ noConnectionReuse: true, batch: 5, dns: 'ttl=0' })).toBe(
      'noConnectionReuse, batch 5, dns ttl=0',
    );
  });
});

describe('the options of a script of somebody else', () => {
  it("are none where they are k6's own, written out or not", () => {
    const dns = { ttl: null, select: null, policy: null };
    expect(k6OptionsOfScript({ ...USUAL, dns, maxRedirects: null, noCookiesReset: null })).toEqual({});
    const written = {
      dns: { ttl: '5m', select: 'random', policy: 'preferIPv4' },
      maxRedirects: 10,
      batch: 20,
      batchPerHost: 6,
      rps: 0,
      minIterationDuration: '0s',
      noCookiesReset: false,
      discardResponseBodies: false,
      throw: false,
    };
    expect(k6OptionsOfScript(written)).toEqual({});
  });

  it('are told where they are not', () => {
    expect(
      k6OptionsOfScript({ dns: { ttl: '0', select: 'random', policy: null }, maxRedirects: 0, noCookiesReset: true }),
    ).toEqual({ dns: 'ttl=0', maxRedirects: 0, noCookiesReset: true });
  });
});
