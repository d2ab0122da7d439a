import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHost, isLoopback } from './host.ts';

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['LOCALHOST', 'localhost'],
  ['api-1.Example.com', 'api-1.example.com'],
  ['my_service', 'my_service'],
  ['1.example', '1.example'],
  ['10.0.0.1.nip.io', '10.0.0.1.nip.io'],
  ['0x7f.example', '0x7f.example'],
  ['[::1]', '[::1]'],
  ['[0:0:0:0:0:0:0:1]', '[::1]'],
  ['[0000:0000::0001]', '[::1]'],
  ['[::0.0.0.1]', '[::1]'],
  ['[::]', '[::]'],
  ['[2001:DB8:0:0:1:0:0:1]', '[2001:db8::1:0:0:1]'],
  ['[2001:db8:0:1:1:1:1:1]', '[2001:db8:0:1:1:1:1:1]'],
  ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ['[1:2:3:4:5:6:7::]', '[1:2:3:4:5:6:7:0]'],
])('the host %s is %s', (text, host) => {
  expect(canonicalHost(text)).toBe(host);
  expect(canonicalHost(host), 'once more').toBe(host);
});

it.each([
  '127.0.0.01',
  '127.000.000.001',
  '0127.0.0.1',
  '127.0.0.1.1',
  '127.0.0',
  '127.1',
  '127',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x',
  '127.0.0.0x1',
  '127.0.0.256',
  '127.999.0.1',
  'example.1',
  '1127.0.0.1',
  '[]',
  '[:1]',
  '[1:]',
  '[::1::]',
  '[1:2:3]',
  '[1:2:3:4:5:6:7:8:9]',
  '[1:2:3:4:5:6:7:8::]',
  '[::12345]',
  '[::127.0.0.01]',
  '[127.0.0.1::]',
  '[127.0.0.1]',
])('%s is no host that everybody reads alike', (text) => {
  expect(canonicalHost(text)).toBeUndefined();
});

describe('an address', () => {
  it('in IPv6 is what the URL standard makes of it', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        if (isIP(address) !== 6) return;
        expect(canonicalHost(`[${address}]`)).toBe(new URL(`http://[${address}]`).hostname);
      }),
    );
  });

  it('in IPv4 is taken only where the URL standard leaves it as it is', () => {
    const number = fc.oneof(fc.nat({ max: 300 }).map(String), fc.stringMatching(/^0?[x0]?[0-9a-f]{1,3}$/));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 5 }), (numbers) => {
        const text = numbers.join('.');
        const host = canonicalHost(text);
        if (host !== undefined) expect(new URL(`http://${text}`).hostname).toBe(host);
      }),
    );
  });
});

it.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['localhost', true],
  ['[::1]', true],
  ['127.0.0', false],
  ['127.0.0.1.1', false],
  ['127.255.255.255', true],
  ['127.999.0.1', false],
  ['127.0.256.1', false],
  ['127.0.0.300', false],
  ['127.0.0.01', false],
  ['127.example', false],
  ['::1', false],
  ['', false],
])('isLoopback(%j) is %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
