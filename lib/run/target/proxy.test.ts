import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { proxyFor } from './proxy.ts';

const PROXY = { HTTP_PROXY: 'http://user:secret@proxy.example:3128', HTTPS_PROXY: 'tls-proxy.example:8443' };
const through = (url: string, environment: Record<string, string> = PROXY) =>
  proxyFor(parseBaseUrl(url), environment)?.href;

describe('k6 goes through a proxy', () => {
  it.each([
    ['http://shop.example', PROXY, 'http://proxy.example:3128'],
    ['https://shop.example', PROXY, 'http://tls-proxy.example:8443'],
    ['http://shop.example', { http_proxy: 'http://lower.example:1' }, 'http://lower.example:1'],
    ['http://shop.example', { HTTP_PROXY: '', http_proxy: 'http://lower.example:1' }, 'http://lower.example:1'],
    ['http://10.0.0.9', PROXY, 'http://proxy.example:3128'],
  ])('for %s in %j', (url, environment, proxy) => {
    expect(through(url, environment)).toBe(proxy);
  });

  it.each([
    ['http://localhost:8000', PROXY],
    ['http://127.0.0.1:8000', PROXY],
    ['http://[::1]:8000', PROXY],
    ['http://shop.example', { HTTPS_PROXY: 'http://proxy.example:3128' }],
    ['http://shop.example', { HTTP_PROXY: 'no proxy at all' }],
    ['http://shop.example', {}],
  ])('but not for %s in %j', (url, environment) => {
    expect(through(url, environment)).toBeUndefined();
  });

  it.each([
    ['*', 'http://shop.example', true],
    ['shop.example', 'http://shop.example', true],
    ['SHOP.example', 'http://shop.example', true],
    ['example', 'http://shop.example', true],
    ['.example', 'http://shop.example', true],
    ['*.example', 'http://shop.example', true],
    ['.shop.example', 'http://shop.example', false],
    ['hop.example', 'http://shop.example', false],
    ['other.example, shop.example', 'http://shop.example', true],
    ['shop.example:8080', 'http://shop.example:8080', true],
    ['shop.example:8080', 'http://shop.example', false],
    ['10.0.0.9', 'http://10.0.0.9', true],
    ['10.0.0.9:81', 'http://10.0.0.9', false],
    ['10.0.0.0/8', 'http://10.0.0.9', true],
    ['10.1.0.0/16', 'http://10.0.0.9', false],
    ['10.0.0.0/99', 'http://10.0.0.9', false],
    ['fd00::/8', 'http://[fd00::9]', true],
    ['[fd00::9]:80', 'http://[fd00::9]', true],
    ['fd00::9', 'http://[fd00::9]', true],
    ['', 'http://shop.example', false],
  ])('NO_PROXY %j and %s: left out %s', (exceptions, url, isLeftOut) => {
    expect(through(url, { ...PROXY, NO_PROXY: exceptions }) === undefined).toBe(isLeftOut);
  });
});
