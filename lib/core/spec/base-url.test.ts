import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBaseUrl, parsePageUrl, requireConsent } from './base-url.ts';
import { UserError } from './errors.ts';

describe('parseBaseUrl reads', () => {
  it.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000', 'http', '127.0.0.1', 8000],
    ['https://api.example.com', 'https://api.example.com', 'https', 'api.example.com', 443],
    ['http://example.com', 'http://example.com', 'http', 'example.com', 80],
    ['HTTPS://API.Example.COM:8443/V1', 'https://api.example.com:8443/V1', 'https', 'api.example.com', 8443],
    ['http://localhost/', 'http://localhost', 'http', 'localhost', 80],
    ['http://localhost/v1///', 'http://localhost/v1', 'http', 'localhost', 80],
    ['http://[::1]:8000', 'http://[::1]:8000', 'http', '[::1]', 8000],
    ['http://[2001:DB8::1]/x', 'http://[2001:db8::1]/x', 'http', '[2001:db8::1]', 80],
    ['http://[0:0:0:0:0:0:0:1]:8000', 'http://[::1]:8000', 'http', '[::1]', 8000],
    ['http://h:00080', 'http://h:80', 'http', 'h', 80],
    ['http://h:1', 'http://h:1', 'http', 'h', 1],
    ['http://h:65535', 'http://h:65535', 'http', 'h', 65_535],
    ['  http://h  ', 'http://h', 'http', 'h', 80],
    ['http://my_service-1:80', 'http://my_service-1:80', 'http', 'my_service-1', 80],
    ['http://127.0.0.1/@evil.com', 'http://127.0.0.1/@evil.com', 'http', '127.0.0.1', 80],
  ] as const)('%s', (text, href, protocol, host, port) => {
    expect(parseBaseUrl(text)).toEqual({ href, protocol, host, port });
  });

  it.each([
    ['http://user:secret@api.example.com/v1/', 'http://api.example.com/v1', 'user:secret', 'api.example.com', 80],
    ['http://us%40er:p%3Aw@h', 'http://h', 'us@er:p:w', 'h', 80],
    ['http://100%@h', 'http://h', '100%', 'h', 80],
    ['http://127.0.0.1@evil.com', 'http://evil.com', '127.0.0.1', 'evil.com', 80],
    ['https://localhost:8000@evil.com:9000', 'https://evil.com:9000', 'localhost:8000', 'evil.com', 9000],
  ])('%s with its host behind the @', (text, href, credentials, host, port) => {
    expect(parseBaseUrl(text)).toMatchObject({ href, credentials, host, port });
  });

  it('the same host as the URL standard does, which is the one that Node connects to', () => {
    for (const text of ['http://127.0.0.1@evil.com', 'http://a:b@[::1]:9/x', 'HTTP://EXAMPLE.com:8080/a/b']) {
      expect(parseBaseUrl(text).host).toBe(new URL(text).hostname);
    }
  });
});

describe('parseBaseUrl refuses', () => {
  it.each([
    '',
    'localhost:8000',
    '127.0.0.1',
    '//localhost',
    'ftp://localhost',
    'file:///etc/passwd',
    'javascript://localhost',
    'http:/localhost',
    'http://',
    'http:///path',
    'http://:8000',
    'http://h:0',
    'http://h:65536',
    'http://h:100000',
    'http://h:-1',
    'http://h:80a',
    'http://h:',
    'http://h?x=1',
    'http://h/path?token=1',
    'http://h/#top',
    'http://h#top',
    'http://a b',
    'http://h/a b',
    'http://h\n.evil.com',
    'http://h/\tpath',
    'http://127.0.0.1\\@evil.com',
    'http:\\\\evil.com',
    'http://evil.com\\.localhost',
    'http://a@b@c',
    'http://::1',
    'http://[::1',
    'http://[::g]',
    'http://-host',
    'http://host.',
    'http://127.0.0.1%2eevil.com',
    'http://héllo.example',
    'http://127.0.0.1,evil.com',
    'http://127.0.0.01',
    'http://127.000.000.001',
    'http://127.1',
    'http://127.999.0.1',
    'http://1127.0.0.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://[::1::]',
  ])('%j', (text) => {
    expect(() => parseBaseUrl(text)).toThrow(UserError);
    expect(() => parseBaseUrl(text)).toThrow(/^BASE_URL is not a URL.*\n {2}received: .+\n {2}expected: .*http:\/\//);
  });

  it.each([
    ['http://user:s3cret@h:99999', 'a port that there is not'],
    ['http://user:s3cret@h?x=1', 'a query string'],
    ['https://user:s3@cret@h', 'two @'],
    ['http://user:pa/s3cret@h', 'host or port is none'],
    ['http://user:s3cret#@h', 'a fragment'],
    ['http://user:s3 cret@h', 'a space'],
    ['  http://user:s3cret@h?', 'a query string'],
    ['h2c+tls://user:s3cret@h', 'does not begin with http'],
    ['user:s3cret@h:8000', 'does not begin with http'],
    ['http://127.0.0.01/s3cret', 'an address in an unusual form'],
    ['http://[::1::]/s3cret', 'an address in an unusual form'],
  ])('%j without repeating anything of it', (text, words) => {
    expect(() => parseBaseUrl(text)).toThrow(words);
    expect(() => parseBaseUrl(text)).not.toThrow(/s3|cret|user/);
  });

  // Values of --env-file may span lines.
  it.each(['http://user:s3cret\n@h', 'http://user:s3cret\r@h', 'http://user:\ns3cret@h', 'user:s3cret\u2028@h'])(
    '%j without repeating its credentials',
    (text) => {
      expect(() => parseBaseUrl(text)).not.toThrow('s3cret');
    },
  );

  it('whatever it does not take without repeating what stands before an @', () => {
    const around = fc.stringMatching(/^[ -~]{0,8}$/);
    const scheme = fc.constantFrom('', '//', 'http://', 'https://', 'ftp://', ' http://');
    fc.assert(
      fc.property(scheme, around, around, (start, before, after) => {
        // The query string is what makes it no base URL.
        expect(() => parseBaseUrl(`${start}user:${before}s3cret${after}@h/?x=1`)).not.toThrow('s3cret');
        expect(() => parseBaseUrl(`${start}user:${before}s3cret${after}@h/?x=1`)).toThrow(UserError);
      }),
    );
  });
});

it('credentials are kept apart from the URL, which is displayed and logged', () => {
  const credentials = fc.stringMatching(/^[A-Za-z0-9._~%!$&'()*+,;=:-]{1,30}$/);
  const host = fc.constantFrom('127.0.0.1', 'api.example.com', '[::1]', 'h');
  const rest = fc.constantFrom('', ':8000', '/v1', ':8000/a/b');
  fc.assert(
    fc.property(credentials, host, rest, (secret, name, tail) => {
      const parsed = parseBaseUrl(`https://${secret}@${name}${tail}/`);
      expect(parsed.href).toBe(`https://${name}${tail}`);
      expect(parsed.credentials).toBeDefined();
      expect(parsed.host).toBe(name);
    }),
    {
      examples: [
        ['127.0.0.1', 'api.example.com', ''],
        ['localhost:80', 'h', ':8000'],
      ],
    },
  );
});

describe('consent', () => {
  const consents = (url: string, ...hosts: string[]) => requireConsent(parseBaseUrl(url), hosts);

  it.each([
    'http://127.0.0.1',
    'http://127.0.0.1:8000',
    'http://127.255.1.9',
    'http://localhost:1',
    'http://LOCALHOST',
    'http://[::1]:80',
    'http://[0:0:0:0:0:0:0:1]:80',
  ])('is not needed for %s', (url) => {
    expect(() => consents(url)).not.toThrow();
  });

  it.each([
    'http://127.0.0.1.evil.com',
    'http://localhost.evil.com',
    'http://0.0.0.0',
    'http://127.0.0.1@evil.com',
    'http://localhost:80@evil.com',
    'http://evil.com/127.0.0.1',
    'http://evil-localhost',
    'http://localhost-evil',
    'http://[::]',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
    'http://10.0.0.1',
    'http://128.0.0.1',
  ])('is needed for %s', (url) => {
    expect(() => consents(url)).toThrow(UserError);
  });

  it('names the host, never the credentials, and the one line that would give it', () => {
    const refused = () => consents('http://127.0.0.1:s3cret@Staging.example.com:8000/v1', 'other.example.com');
    expect(refused).toThrow(/^Load on staging\.example\.com has not been allowed/);
    expect(refused).toThrow('BASE_URL with that host, LOAD_ALLOW_HOSTS without it');
    expect(refused).toThrow(/to do: .*LOAD_ALLOW_HOSTS=staging\.example\.com$/);
    expect(refused).not.toThrow(/s3cret|v1|other/);
  });

  it('is needed for metrics as for load', () => {
    const url = parsePageUrl('http://u:s3cret@metrics.example.com/metrics?token=s3cret', 'METRICS_URL');
    expect(() => requireConsent(url, [], 'METRICS_URL', 'Asking for metrics')).toThrow(
      /^Asking for metrics at metrics\.example\.com has not been allowed/,
    );
    expect(() => requireConsent(url, [], 'METRICS_URL', 'Asking for metrics')).not.toThrow('s3cret');
    expect(() => requireConsent(url, ['metrics.example.com:80'], 'METRICS_URL')).not.toThrow();
  });

  it.each([
    ['http://staging.example.com:8000', 'staging.example.com'],
    ['http://staging.example.com:8000', 'STAGING.example.com:8000'],
    ['https://staging.example.com', 'staging.example.com:443'],
    ['http://staging.example.com', 'staging.example.com:80'],
    ['http://[2001:db8::1]:8000', '[2001:DB8::1]:8000'],
    ['http://[2001:db8::1]:8000', '[2001:DB8:0:0:0:0:0:1]'],
  ])('for %s is given by %s', (url, allowed) => {
    expect(() => consents(url, 'first.example.com', allowed)).not.toThrow();
  });

  it.each([
    ['http://staging.example.com:9000', 'staging.example.com:8000'],
    ['https://staging.example.com', 'staging.example.com:80'],
    ['http://sub.staging.example.com', 'staging.example.com'],
    ['http://staging.example.com.evil.com', 'staging.example.com'],
    ['http://staging.example.com', '*'],
    ['http://staging.example.com', ''],
    ['http://staging.example.com', 'example.com'],
  ])('for %s is not given by %j', (url, allowed) => {
    expect(() => consents(url, allowed)).toThrow(UserError);
  });
});
