import { describe, expect, it } from 'vitest';
import { A_MINUTE, evidenceOf, limited, oneEndpoint, type Setting, WELL } from '../../../testing/problems.ts';
import type { EndpointFixture } from '../../../testing/runs.ts';
import { positives } from './positives.ts';

const positivesOf = (...settings: readonly Setting[]) => positives(evidenceOf(...settings));
const idsOfPositives = (setting: Setting) => positivesOf(setting).map(({ id }) => id);

describe('positive findings', () => {
  it('need every request to be answered', () => {
    expect(idsOfPositives({ endpoints: { a: WELL } })).toEqual(['stayed-up', 'fast-endpoints', 'all-succeeded']);
    expect(idsOfPositives(oneEndpoint({ ok: 999, timeout: 1 }))).toEqual(['fast-endpoints']);
    expect(idsOfPositives(oneEndpoint({}))).toEqual([]);
  });

  it.each([
    'refused',
    'reset',
    'http2_error',
    'dns',
    'tls',
    'other_error',
    'unclassified',
    'unknown',
    'timeout',
    'server_error',
  ] as const)('say of no service that it stayed up where one request ended in %s', (outcome) => {
    const ids = idsOfPositives(oneEndpoint({ ok: 99_999, [outcome]: 1 }));
    expect(ids).not.toContain('stayed-up');
    expect(ids).not.toContain('all-succeeded');
  });

  it('count endpoints within their budget that answer as they should', () => {
    const [fast] = positivesOf({
      endpoints: {
        a: WELL,
        slow: { outcomes: { ok: 1000 }, okMedianMs: 400 },
        failing: { outcomes: { ok: 50, timeout: 50 } },
        limited: limited({ ok: 60, rate_limited: 5 }),
      },
      load: A_MINUTE,
    }).filter(({ id }) => id === 'fast-endpoints');
    expect(fast?.endpoints).toEqual(['a', 'limited']);
    expect(fast?.summary).toMatch(/^2 of 4 endpoints /);
  });

  it('call no endpoint fast that has no budget', () => {
    expect(idsOfPositives({ endpoints: { a: WELL }, thresholds: [] })).toEqual(['stayed-up', 'all-succeeded']);
  });

  it('name only endpoints that were asked', () => {
    const all = positivesOf({ endpoints: { a: WELL, b: { outcomes: {} } } }).find(({ id }) => id === 'all-succeeded');
    expect(all?.evidence).toEqual(['1,000 of 1,000 ok, on /api/a']);
  });

  it('leave declared 429 responses out of what must succeed, and no others', () => {
    const allSucceeded = (fixture: EndpointFixture) =>
      idsOfPositives({ endpoints: { a: fixture }, load: A_MINUTE }).includes('all-succeeded');
    expect(allSucceeded(limited({ ok: 50, rate_limited: 5 }))).toBe(true);
    expect(allSucceeded({ outcomes: { ok: 50, rate_limited: 5 } })).toBe(false);
    expect(allSucceeded(limited({ rate_limited: 5 }))).toBe(false);
  });
});
