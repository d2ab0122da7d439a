import { describe, expect, it } from 'vitest';
import type { OutcomeCounts } from '../../../core/measure/outcome.ts';
import {
  A_MINUTE,
  evidenceFor,
  evidenceOf,
  idsOf,
  limited,
  oneEndpoint,
  problemOf,
  problemsOf,
  runOf,
  statementsOf,
  urgenciesOf,
} from '../../../testing/problems.ts';
import type { EndpointFixture } from '../../../testing/runs.ts';
import { gatherEvidence, type RunEvidence } from '../evidence.ts';
import { findProblems } from './index.ts';
import { positives } from './positives.ts';

/** What is found of the endpoints `a` and `b` after a minute. */
const problemAfter = (id: string, ...fixtures: readonly EndpointFixture[]) =>
  problemOf(id, {
    endpoints: Object.fromEntries(fixtures.map((fixture, i) => ['ab'.charAt(i), fixture])),
    load: A_MINUTE,
  });

describe('rate limits', () => {
  it('that work are a positive finding with their share, and no problem', () => {
    const setting = { endpoints: { a: limited({ ok: 60, rate_limited: 180 }) }, load: A_MINUTE };
    expect(idsOf(setting)).toEqual([]);
    expect(positives(evidenceOf(setting))[0]).toMatchObject({
      id: 'rate-limits-enforced',
      summary: '1 declared rate limit held (180 responses with 429).',
      evidence: ['/api/a: 60 per 1m; of 240 requests, 180 answered 429 (75 %)'],
    });
  });

  it('put protection at stake, those who keep to them, or the capacity', () => {
    const problems = problemsOf({
      endpoints: { a: limited({ ok: 61, rate_limited: 9 }, 2), b: limited({ ok: 5, rate_limited: 900 }, 2) },
      load: A_MINUTE,
      thresholds: [],
    });
    expect(
      problems.map(({ id, severity, impact, area, endpoints }) => [id, severity, impact, area, endpoints]),
    ).toEqual([
      ['rate-limit-not-enforced', 'high', 'high', 'protection', ['a']],
      ['rate-limit-too-strict', 'medium', 'medium', 'user experience', ['b']],
      ['retry-after-missing', 'low', 'medium', 'capacity', ['a', 'b']],
    ]);
  });

  it.each<[string, EndpointFixture, string, string]>([
    [
      'rate-limit-not-enforced',
      limited({ ok: 90 }),
      '/api/a lets more through than the declared limit.',
      '/api/a and /api/b let more through than the declared limit.',
    ],
    [
      'rate-limit-too-strict',
      limited({ ok: 9, rate_limited: 900 }),
      '/api/a refuses requests that the declared limit allows.',
      '/api/a and /api/b refuse requests that the declared limit allows.',
    ],
    [
      'rate-limit-undeclared',
      { outcomes: { ok: 9, rate_limited: 90 } },
      '/api/a answers 429 without a declared limit.',
      '/api/a and /api/b answer 429 without a declared limit.',
    ],
  ])('%s agree in number', (id, fixture, one, two) => {
    expect(problemAfter(id, fixture)?.summary).toBe(one);
    expect(problemAfter(id, fixture, fixture)?.summary).toBe(two);
  });
});

describe('a rate limit that is not enforced', () => {
  const notEnforced = (outcomes: OutcomeCounts) => problemAfter('rate-limit-not-enforced', limited(outcomes));

  it('is said with its numbers, and why by whether any 429 came', () => {
    const never = notEnforced({ ok: 1500 });
    expect(never?.evidence).toEqual(['/api/a: 1,500 accepted, at most 60 fit 60 per 1m; 0 responses with 429']);
    expect(statementsOf(never)).toEqual(['No limiter covers these routes.']);
    expect(statementsOf(notEnforced({ ok: 240, rate_limited: 9 }))).toEqual([
      expect.stringMatching(/^Each worker/),
      expect.stringMatching(/^The limit is declared wrongly/),
    ]);
  });

  it('at one endpoint that never answers 429 and at another too late speaks against itself', () => {
    const problem = problemAfter('rate-limit-not-enforced', limited({ ok: 90 }), limited({ ok: 90, rate_limited: 9 }));
    expect(evidenceFor(problem, 'No limiter')).toEqual([
      ['not one response with 429 came from /api/a'],
      ['some requests were answered 429'],
    ]);
    expect(statementsOf(problem)[0]).toMatch(/^Each worker/);
    expect(urgenciesOf(problem)).toEqual(['must']);
  });
});

describe('an undeclared rate limit', () => {
  it('is found after one response with 429', () => {
    expect(problemOf('rate-limit-undeclared', oneEndpoint({ ok: 999, rate_limited: 1 }))).toMatchObject({
      severity: 'high',
      impact: 'medium',
      area: 'user experience',
    });
  });

  it('is said with its share', () => {
    expect(problemAfter('rate-limit-undeclared', { outcomes: { ok: 60, rate_limited: 20 } })?.evidence).toEqual([
      '/api/a: 20 responses with 429 to 80 requests (25 %)',
    ]);
  });

  it('is no finding where the source knows nothing of limits', () => {
    const run = runOf(oneEndpoint({ ok: 60, rate_limited: 40 }));
    const foreign = { ...run, endpoints: run.endpoints.map(({ method: _, ...endpoint }) => endpoint) };
    const isFound = (each: RunEvidence) =>
      findProblems(gatherEvidence([each])).some(({ id }) => id === 'rate-limit-undeclared');
    expect([isFound(run), isFound(foreign as RunEvidence)]).toEqual([true, false]);
  });
});

describe('a missing Retry-After', () => {
  const missing = (count: number) => problemAfter('retry-after-missing', limited({ ok: 60, rate_limited: 440 }, count));

  it('on every response is what the limiter leaves out, on some it is not known why', () => {
    expect(missing(440)?.hypotheses[0]?.supportedBy).toEqual(['it is missing on every one of these responses']);
    expect(missing(440)?.evidence).toEqual(['/api/a: 440 of 440']);
    expect(urgenciesOf(missing(440))).toEqual(['could']);
    expect(missing(439)?.hypotheses).toEqual([]);
    expect(missing(0)).toBeUndefined();
  });

  it('on some responses says on how many', () => {
    expect(missing(7)?.summary).toBe('7 of 440 responses with 429 had no usable Retry-After.');
  });
});
