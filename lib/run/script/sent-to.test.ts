import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { USUAL_PROFILE } from '../target/reference-target.ts';
import type { Target } from '../target/target.ts';
import type { PreparedScript } from './prepare-script.ts';
import { expectFollowsBaseUrl, expectSentTo } from './sent-to.ts';

const script = (told: Partial<PreparedScript> = {}, mentionsBaseUrl = true): PreparedScript => ({
  kind: 'script',
  name: 'buy',
  script: 'load/buy.js',
  sources: { file: '/load/buy.js', needsBundle: false, isCommonJs: false, sha256: '', ownText: '', mentionsBaseUrl },
  environment: {},
  k6Arguments: [],
  outputs: { isExported: false, forgotten: [] },
  allowedHosts: [],
  release: undefined,
  budgets: undefined,
  ...told,
});
const url = 'http://127.0.0.1:8000';
const running: Target = { kind: 'running', url, address: parseBaseUrl(url), named: 'BASE_URL' };
const reference: Target = { kind: 'reference-backend', profile: USUAL_PROFILE, args: [] };

describe('a script whose two sides are compared', () => {
  it('reads the address of its side', () => {
    expect(() => expectFollowsBaseUrl(script(), [running, running])).not.toThrow();
  });

  it.each<[string, PreparedScript, Target, RegExp]>([
    ['has no reference backend', script(), reference, /each side of the comparison needs an address/],
    ['would go to one service', script({}, false), running, /never mentions BASE_URL: base and head/],
    ['is told another address', script({ k6Arguments: ['-eBASE_URL=x'] }), running, /received: -e for k6/],
    ['sees no environment', script({ k6Arguments: ['--include-system-env-vars=false'] }), running, /would not see/],
    ['sees none of it', script({ environment: { K6_INCLUDE_SYSTEM_ENV_VARS: 'F' } }), running, /would not see/],
  ])('is refused where it %s', (_why, wanted, target, message) => {
    expect(() => expectFollowsBaseUrl(wanted, [running, target])).toThrow(message);
  });
});

describe('load of a side', () => {
  const side = (...hosts: string[]) => expectSentTo(parseBaseUrl(url), hosts, 'head');

  it.each([[['127.0.0.1:8000', '10.0.0.1:9']], [['[::1]:8000']], [['127.0.0.1']], [[]]])(
    'may be told by %j',
    (hosts) => {
      expect(() => side(...hosts)).not.toThrow();
    },
  );

  it.each([[['127.0.0.1:8001']], [['other.example:8000']]])('that went to %j alone is none', (hosts) => {
    expect(() => side(...hosts)).toThrow(/did not go to its address[\s\S]*BASE_URL with 127\.0\.0\.1:8000/);
  });
});
