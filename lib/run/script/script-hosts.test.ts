import { describe, expect, it } from 'vitest';
import { hostsIn, hostsMappedHere, requireScriptConsent } from './script-hosts.ts';

const places = (text: string) => hostsIn(text).map(({ host, port }) => `${host}:${port}`);

describe('the hosts that a text names', () => {
  it.each([
    ['http.get("https://Staging.example.com/orders")', ['staging.example.com:443']],
    ['http://127.0.0.1:8080/ and http://127.0.0.1:8080/b', ['127.0.0.1:8080']],
    ['wss://user:word@chat.example.com:9443/ws', ['chat.example.com:9443']],
    ['`ws://[::1]:$' + '{port}/ws`', ['[::1]:80']],
    ['BASE_URL=http://orders', ['orders:80']],
    ['http://127.1/', ['127.1:80']],
  ])('%s', (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  it.each([
    '`https://$' + '{host}/a`',
    '`https://api.$' + '{zone}.example.com`',
    '"https://" + host',
    '"https://api." + zone',
  ])('%s: only the script knows', (text) => {
    expect(places(text)).toEqual([]);
  });
});

describe('consent', () => {
  const hosts = hostsIn('https://b.example.com https://a.example.com:8443 http://localhost:3000 http://127.0.0.2');

  it('is asked for all hosts at once', () => {
    expect(() => requireScriptConsent(hosts, {}, ['c.example.com'])).toThrow(
      /Load on a\.example\.com, b\.example\.com .*LOAD_ALLOW_HOSTS=c\.example\.com,a\.example\.com,b\.example\.com/s,
    );
  });

  it('is there for what is named, by host or by host and port', () => {
    expect(() => requireScriptConsent(hosts, {}, ['b.example.com', 'a.example.com:8443'])).not.toThrow();
    expect(() => requireScriptConsent(hosts, {}, ['b.example.com', 'a.example.com:443'])).toThrow(/Load on a\./);
  });

  it('is not needed for what k6 is told to find on this machine', () => {
    const mapped = { 'a.example.com:8443': '127.0.0.1:9000', '*.example.com': '[::1]:9001' };
    expect(() => requireScriptConsent(hosts, mapped, [])).not.toThrow();
    expect(hostsMappedHere(hosts, mapped)).toEqual(['b.example.com:443', 'a.example.com:8443']);
  });

  it('is needed for a name of this machine that k6 is told to find elsewhere', () => {
    expect(() => requireScriptConsent(hostsIn('http://localhost:3000'), { localhost: '10.0.0.7' }, [])).toThrow(
      /Load on localhost/,
    );
  });
});
