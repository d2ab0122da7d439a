import { describe, expect, it } from 'vitest';
import { asStored } from '../core/judge/run-summary.ts';
import { FIXTURES } from '../testing/runs.ts';
import { renderJson } from './json.ts';
import { buildReport } from './model/report.ts';

const written = (name: keyof typeof FIXTURES) =>
  renderJson(buildReport({ runs: [asStored(FIXTURES[name])], scenarios: ['sustained', 'smoke'] }));

// Programs read report.json: a member that goes, comes or means something else must be noticed here.
describe('report.json of a run that passes', () => {
  const text = written('healthy');
  const report = JSON.parse(text);

  it('is readable, and ends as a text file does', () => {
    expect(text).toMatch(/^\{\n {2}"schemaVersion": 2,\n[\s\S]*\n\}\n$/);
  });

  it('has these members, in this order', () => {
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'header',
      'verdict',
      'decision',
      'reasons',
      'notes',
      'methodology',
      'measurements',
      'runs',
      'totals',
      'thresholds',
      'overTime',
      'endpointsOverTime',
      'overTimeNotes',
      'journeys',
      'endpoints',
      'otherFigures',
      'distributions',
      'studies',
      'problems',
      'positives',
      'sequential',
      'criteria',
      'risks',
      'actions',
      'gaps',
      'files',
    ]);
  });

  it('says what was run, and what came of it', () => {
    expect(report.header).toEqual({
      testId: 'LOAD-CONCURRENT-001',
      runId: '20261123T190000Z-sustained-a1b2c3',
      purpose: 'Does the service hold a steady load, and do its rate limits?',
      startedAt: '2026-11-23T19:00:00.000Z',
      durationSeconds: 65.5,
      target: 'http://127.0.0.1:8000',
      targetKind: 'reference-backend',
      release: '1.4.2',
      commit: '0d5b5e6d06ec43aefda15ca3e7f7adc70e12f1e2',
      tool: { name: 'k6-verdict', version: '0.1.0' },
      k6Version: '2.2.0',
      host: {
        platform: 'linux',
        arch: 'x64',
        cpuModel: 'AMD EPYC 7B13',
        cores: 4,
        memoryBytes: 16_777_216_000,
        loadAverage: [0.25, 1.75],
      },
      k6ExitCodes: [0],
    });
    expect(report.verdict).toBe('pass');
    expect(report.decision).toEqual({
      recommendation: 'no policy',
      headline: 'PASS (demo target): the planned load was delivered and every threshold holds.',
      sentence:
        'Shown: 3 endpoints answered 50 users for 1m1.5s. Not shown: the behaviour of your own service; what sequential, breakpoint, recovery, soak, pool and 3 more would show.',
      advice: {
        words: 'No release policy is declared, so nothing is recommended.',
        reasons: [
          'Shown: 3 endpoints answered 50 users for 1m1.5s.',
          'Not shown: the behaviour of your own service; what sequential, breakpoint, recovery, soak, pool and 3 more would show.',
        ],
      },
      keyFindings: [
        '1 threshold is judged on a percentile of too few samples: system-info has 120, and 400 are needed.',
        '1 declared rate limit held (380 responses with 429).',
        'Every one of 1,500 requests was answered, none with a server error.',
      ],
    });
  });

  const ends = { min: 2.52, p50: 31, max: 539.94 };
  const all = { ...ends, count: 1500, avg: 47.354333, p90: 111.72611, p95: 145.472025, p99: 224.25303 };
  const ok = { ...ends, count: 1120, avg: 51.041464, p90: 125.430966, p95: 159.769023, p99: 238.980481 };
  const figures = {
    requests: 1500,
    outcomes: [
      { outcome: 'ok', label: 'ok', count: 1120, share: 1120 / 1500 },
      { outcome: 'rate_limited', label: 'rate limited (429)', count: 380, share: 380 / 1500 },
    ],
    all,
    ok,
    requestsPerSecond: 1500 / 61.5,
  };

  it('has its figures', () => {
    expect(report.totals).toEqual({ ...figures, judgedRequests: 1120, successShare: 1 });
    expect(report.runs).toEqual([
      {
        ...figures,
        runId: '20261123T190000Z-sustained-a1b2c3',
        scenario: 'sustained',
        plan: 'timed',
        purpose: 'Does the service hold a steady load, and do its rate limits?',
        model: 'closed',
        load: ['50 users for 1m, think time 1s'],
        verdict: 'pass',
        startedAt: '2026-11-23T19:00:00.000Z',
        delivered: 1500,
        loadSeconds: 61.5,
      },
    ]);
  });

  it('has a row for each endpoint', () => {
    const latency = { min: 18.6, avg: 36.487, p50: 31, p90: 59.792, p95: 72.192, p99: 100.984, max: 195.768 };
    expect(report.endpoints.map(({ id }: { id: string }) => id)).toEqual([
      'system-info',
      'system-processes',
      'projects',
    ]);
    expect(report.endpoints[0]).toEqual({
      id: 'system-info',
      method: 'GET',
      path: '/api/system-info',
      category: 'System',
      timeoutMs: 30_000,
      group: 'limited',
      assessment:
        'Rate limiting: 60 per 1m enforced (380 responses with 429); accepted requests are within budget, p95 72 ms.',
      limit: {
        declared: { requests: 60, windowSeconds: 60, algorithm: 'sliding-window' },
        accepted: 120,
        limited: 380,
        state: 'enforced',
        mostAccepted: 120,
      },
      successShare: 1,
      requests: 500,
      outcomes: [
        { outcome: 'ok', label: 'ok', count: 120, share: 0.24 },
        { outcome: 'rate_limited', label: 'rate limited (429)', count: 380, share: 0.76 },
      ],
      all: { count: 500, ...latency },
      ok: { count: 120, ...latency },
      atRest: {
        requests: 3,
        outcomes: [{ outcome: 'ok', label: 'ok', count: 3, share: 1 }],
        okReplies: 3,
        medianOkMs: 12.5,
        causes: [],
        isBroken: false,
      },
      loadFactor: 2.48,
    });
  });

  it('has a row for each threshold', () => {
    expect(report.thresholds).toHaveLength(14);
    expect(report.thresholds[5]).toEqual({
      metric: 'okP95Ms',
      limit: 500,
      endpoint: 'system-info',
      operator: '<',
      unit: 'ms',
      samples: 120,
      actual: 72.192,
      verdict: 'pass',
      scenario: 'sustained',
      title: 'p95 of successful responses',
      margin: 0.855616,
      hasFewSamples: true,
      shareOverLimit: 0,
    });
  });

  it('has what is concluded of it', () => {
    expect(report.problems.map(({ id }: { id: string }) => id)).toEqual(['few-samples']);
    expect(report.positives[0]).toEqual({
      id: 'rate-limits-enforced',
      title: 'Rate limits are enforced as declared',
      summary: '1 declared rate limit held (380 responses with 429).',
      description: expect.stringMatching(/^No more was accepted than declared/),
      endpoints: ['system-info'],
      evidence: ['/api/system-info: 60 per 1m; of 500 requests, 380 answered 429 (76 %)'],
    });
    expect(report.criteria).toMatchObject({ passed: 6, failed: 0, notMeasured: 0 });
    expect(report.criteria.rows[0]).toEqual({
      id: 'rate-limits',
      criterion: 'Rate limits enforced',
      target: 'no more requests accepted than the declared limits allow',
      actual: '1 of 1 declared limit enforced',
      status: 'pass',
    });
    expect(report.risks).toEqual({
      level: 'none found',
      sentence: 'No risk found by this test; it looked at: 3 endpoints answered 50 users for 1m1.5s.',
      factors: [],
    });
    expect(report.actions).toEqual({
      must: [],
      should: [],
      could: [expect.objectContaining({ answers: [report.problems[0].title] })],
    });
    expect(report.sequential).toEqual({
      requests: 9,
      okReplies: 9,
      brokenEndpoints: 0,
      medianFactor: 2.48,
      conclusion: 'Median endpoint: 2.5× its unloaded latency.',
    });
  });
});

it('report.json of a run that fails has each problem, with what is behind it and what to do', () => {
  const report = JSON.parse(written('failing'));
  expect(report).toMatchObject({ verdict: 'fail', decision: { recommendation: 'no policy' } });
  expect(report.problems.map(({ id }: { id: string }) => id).slice(0, 2)).toEqual(['not-accepting', 'broken-route']);
  expect(report.problems[1]).toEqual({
    id: 'broken-route',
    title: 'A route is not there',
    severity: 'critical',
    impact: 'medium',
    area: 'correctness',
    summary: '/api/projects fails even without load: not found (404).',
    description: 'Load is not the cause: one user met this before the load began.',
    endpoints: ['projects'],
    evidence: ['/api/projects: unloaded 3 × not found (404); under load 480 not found (404)'],
    hypotheses: [
      {
        statement: 'The route is registered under another path, or not at all.',
        supportedBy: ['it happens with one user: /api/projects'],
        contradictedBy: [],
      },
    ],
    recommendations: [
      {
        urgency: 'must',
        text: 'Register the route, or correct its path in the endpoint definitions: /api/projects.',
      },
    ],
  });
  expect(report.risks.level).toBe('critical');
  expect(report.risks.factors).toContainEqual({
    area: 'correctness',
    severity: 'critical',
    because: ['/api/projects fails even without load: not found (404).'],
  });
});
