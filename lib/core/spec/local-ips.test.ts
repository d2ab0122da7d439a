import { expect, it } from 'vitest';
import { countLocalAddresses } from './local-ips.ts';

it.each([
  ['127.0.0.1', 1n],
  ['127.0.0.1,127.0.0.2', 2n],
  ['127.0.0.1,127.0.0.1', 1n],
  ['127.0.0.1-127.0.0.1', 1n],
  ['192.168.0.10-192.168.0.25', 16n],
  ['10.0.0.1-10.0.0.4,10.0.0.3-10.0.0.6', 6n],
  ['10.0.0.0/29', 6n],
  ['10.0.0.7/31', 2n],
  ['10.0.0.7/32', 1n],
  ['10.0.0.0/29,10.0.0.0', 7n],
  ['fd:1::0/120', 256n],
  ['::1', 1n],
  ['::ffff:10.0.0.1,10.0.0.1', 1n],
  ['fe80::1-fe80::3,10.0.0.1', 4n],
])('%s are as many addresses as k6 would use', (text, count) => {
  expect(countLocalAddresses(text)).toBe(count);
});

it.each(['', 'localhost', '10.0.0', '10.0.0.256', '10.0.0.4-10.0.0.1', '10.0.0.1-::1', '10.0.0.1/33', '1::2::3'])(
  'says nothing of %j, which k6 refuses',
  (text) => {
    expect(countLocalAddresses(text)).toBeUndefined();
  },
);
