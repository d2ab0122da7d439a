import { describe, expect, it } from 'vitest';
import { toldLocalIps } from './local-addresses.ts';

describe('what k6 was told is found wherever it stands', () => {
  it.each([
    [['--local-ips', '127.0.0.2-127.0.0.9'], {}, '127.0.0.2-127.0.0.9'],
    [['--tag', 'a=b', '--local-ips=127.0.0.1'], { K6_LOCAL_IPS: '127.0.0.2' }, '127.0.0.1'],
    [['--local-ips=127.0.0.1', '--local-ips=127.0.0.2'], {}, '127.0.0.2'],
    [[], { K6_LOCAL_IPS: '127.0.0.2' }, '127.0.0.2'],
    [['--tag', '--local-ips=127.0.0.2'], {}, undefined],
    [[], { K6_LOCAL_IPS: '' }, undefined],
    [[], {}, undefined],
  ] as const)('%j, %j: %s', (args, environment, expected) => {
    expect(toldLocalIps(args, environment)).toBe(expected);
  });
});
