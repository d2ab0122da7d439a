import { describe, expect, test } from 'vitest';
import { decisionsFor } from './decision.ts';
import type { EndpointKnobs } from './knobs.ts';

const plain: EndpointKnobs = {
  rateLimit: undefined,
  limitBypasses: new Set(),
  delayMs: 0,
  slowShare: 0,
  slowDelayMs: 0,
  errorShare: 0,
  resetShare: 0,
  status: undefined,
  hangs: false,
};
const twoPerMinute = { requests: 2, windowSeconds: 60, algorithm: 'sliding-window' } as const;

function decide(knobs: Partial<EndpointKnobs>, requests: number) {
  const decision = decisionsFor({ ...plain, ...knobs });
  return Array.from({ length: requests }, () => decision('client'));
}

describe('the decision about a request', () => {
  test('is to serve it, after the delay', () => {
    expect(decide({ delayMs: 20 }, 1)).toEqual([{ kind: 'serve', afterMs: 20 }]);
  });

  test('falls to the limiter before any fault', () => {
    expect(decide({ rateLimit: twoPerMinute, errorShare: 1, delayMs: 20 }, 3)).toEqual([
      { kind: 'status', status: 500, afterMs: 20 },
      { kind: 'status', status: 500, afterMs: 20 },
      { kind: 'rate-limited', retryAfterSeconds: 60 },
    ]);
  });

  test('does not ask the limiter where the endpoint knows one status only, or hangs', () => {
    const kinds = (knobs: Partial<EndpointKnobs>) =>
      decide({ ...knobs, rateLimit: twoPerMinute }, 4).map(({ kind }) => kind);
    expect(kinds({ status: 404 })).toEqual(['status', 'status', 'status', 'status']);
    expect(kinds({ hangs: true })).toEqual(['hang', 'hang', 'hang', 'hang']);
  });

  test('gives slow replies their own delay instead of the usual one', () => {
    expect(decide({ delayMs: 20, slowShare: 0.5, slowDelayMs: 200 }, 2)).toEqual([
      { kind: 'serve', afterMs: 20 },
      { kind: 'serve', afterMs: 200 },
    ]);
  });
});
