import { expect, it } from 'vitest';
import { dnsPolicyOf, resolvedAsK6 } from './dns-policy.ts';

it.each([
  [[], {}, 'preferIPv4'],
  [['--dns', 'policy=preferIPv6'], {}, 'preferIPv6'],
  [['--dns=ttl=1m,select=first,policy=any'], {}, 'any'],
  [['--dns=ttl=1m'], { K6_DNS: 'policy=onlyIPv6' }, 'preferIPv4'],
  [[], { K6_DNS: 'policy=onlyIPv6,ttl=0' }, 'onlyIPv6'],
  [[], { K6_DNS: 'policy=none' }, 'preferIPv4'],
] as const)('told %j in %j, k6 uses %s', (args, environment, policy) => {
  expect(dnsPolicyOf(args, environment)).toBe(policy);
});

it.each([
  ['preferIPv4', ['::1', '127.0.0.1'], ['127.0.0.1']],
  ['preferIPv4', ['::1'], ['::1']],
  ['preferIPv6', ['::1', '127.0.0.1'], ['::1']],
  ['preferIPv6', ['127.0.0.1'], ['127.0.0.1']],
  ['onlyIPv4', ['::1'], []],
  ['onlyIPv6', ['::1', '127.0.0.1'], ['::1']],
  ['any', ['::1', '127.0.0.1'], ['::1', '127.0.0.1']],
] as const)('by %s, of %j k6 uses %j', (policy, addresses, used) => {
  expect(resolvedAsK6(addresses, policy)).toEqual(used);
});
