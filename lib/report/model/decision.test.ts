import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import { VERDICTS, type Verdict } from '../../core/judge/verdict.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { FIXTURES, LINUX_HOST } from '../../testing/runs.ts';
import { decide, type HeadedRun, headlineOf } from './decision.ts';
import type { RunEvidence } from './evidence.ts';
import type { Gap } from './gaps.ts';

function problem(changes: Partial<Problem>): Problem {
  return {
    id: 'x',
    title: 'A title',
    summary: 'A summary.',
    description: '',
    endpoints: [],
    evidence: [],
    severity: 'medium',
    impact: 'medium',
    area: 'availability',
    hypotheses: [],
    recommendations: [],
    ...changes,
  };
}

interface Setting {
  readonly problems?: readonly Problem[];
  readonly reasons?: readonly string[];
  readonly run?: RunEvidence;
  readonly positives?: readonly Problem[];
  readonly isMet?: boolean;
  readonly gaps?: readonly Gap[];
}

const { targetKind: _, ...healthy } = asStored(FIXTURES.healthy);
const own = { ...healthy, targetKind: 'url' } as RunEvidence;
const embedded = asStored(FIXTURES.healthy);

function decisionOf(verdict: Verdict, setting: Setting = {}) {
  const { problems = [], reasons = ['a reason'], run = own, positives = [], isMet, gaps = [] } = setting;
  const runs = [{ ...run, verdict }];
  const lacking = ['soak was not run', 'x ran for 5s'];
  return decide({
    verdict,
    reasons,
    problems,
    positives,
    runs,
    answers: [],
    gaps,
    ...(isMet === undefined ? {} : { release: { isMet, requirements: [], lacking: isMet ? [] : lacking } }),
  });
}

const died = problem({ severity: 'critical', summary: 'It died.' });

describe('without a release policy', () => {
  it.each<[Verdict, RegExp]>([
    ['pass', /^Shown: /],
    ['fail', /^Failed: a reason\.$/],
    ['no_data', /^Cannot tell: a reason\.$/],
    ['invalid_load', /^Cannot tell: a reason\.$/],
    ['incomplete', /^Cannot tell: a reason\.$/],
  ])('nothing is said of deploying, of %s', (verdict, sentence) => {
    for (const problems of [[], [problem({ area: 'measurement' })]]) {
      const decision = decisionOf(verdict, { problems });
      expect(decision).toMatchObject({ recommendation: 'no policy', sentence: expect.stringMatching(sentence) });
      expect(JSON.stringify(decision)).not.toMatch(/deploy/i);
    }
  });

  it('a pass says what was shown, and what was not', () => {
    const gaps = ['soak', 'pool'].map((scenario) => ({ scenario }));
    expect(decisionOf('pass', { gaps }).sentence).toBe(
      'Shown: 3 endpoints answered 50 users for 1m1.5s. Not shown: what soak and pool would show.',
    );
  });

  it('a pass of the embedded reference backend is one of the demo target', () => {
    const { headline, sentence } = decisionOf('pass', { run: embedded });
    expect(headline).toMatch(/^PASS \(demo target\): /);
    expect(sentence).toContain('Not shown: the behaviour of your own service.');
  });

  it('a critical finding leads, also beside a stored pass', () => {
    expect(decisionOf('pass', { problems: [died] }).sentence).toMatch(
      /^Despite the pass there is a critical finding: It died\. Shown: /,
    );
  });

  it('a pass says what to know, and no more than three things of it', () => {
    const problems = ['a', 'b', 'c', 'd', 'e'].map((name) => problem({ summary: `Problem ${name}.` }));
    expect(decisionOf('pass', { problems }).sentence).toMatch(
      / Caution: Problem a; Problem b; Problem c; and 2 more\.$/,
    );
    const run = { ...own, host: { ...LINUX_HOST, cpuBusyShare: 0.998 } } as RunEvidence;
    expect(decisionOf('pass', { run }).sentence).toMatch(
      / Caution: the test machine was 99\.8 % busy; latencies may be too high\.$/,
    );
  });
});

describe('with a release policy', () => {
  it('that is met, deploy, and say by what', () => {
    expect(decisionOf('pass', { isMet: true })).toMatchObject({
      recommendation: 'deploy',
      sentence: 'Deploy: the release policy is met by 1 run, 1,500 requests: 3 endpoints answered 50 users for 1m1.5s.',
    });
  });

  it('that is not met, each thing that is lacking', () => {
    for (const verdict of ['pass', 'no_data', 'invalid_load', 'incomplete'] as const)
      expect(decisionOf(verdict, { isMet: false })).toMatchObject({
        recommendation: 'cannot tell',
        sentence: 'Cannot tell whether to deploy: the release policy is not met: soak was not run; x ran for 5s.',
      });
  });

  it('do not deploy what failed, or has a critical finding', () => {
    expect(decisionOf('fail', { isMet: false })).toMatchObject({
      recommendation: 'do not deploy',
      sentence: 'Do not deploy: a reason.',
    });
    for (const verdict of VERDICTS)
      expect(decisionOf(verdict, { isMet: false, problems: [died] })).toMatchObject({
        recommendation: 'do not deploy',
        sentence: 'Do not deploy: It died.',
      });
  });

  it('nobody can tell where the measurement is broken, however critical that is', () => {
    const broken = problem({ severity: 'critical', area: 'measurement' });
    expect(decisionOf('no_data', { isMet: false, problems: [broken] }).recommendation).toBe('cannot tell');
  });

  it('neither is said of the embedded reference backend', () => {
    for (const verdict of VERDICTS)
      expect(decisionOf(verdict, { isMet: false, run: embedded, problems: [died] }).recommendation).toBe('cannot tell');
  });
});

it('every verdict has a headline that begins with it', () => {
  for (const verdict of VERDICTS)
    expect(decisionOf(verdict).headline).toMatch(new RegExp(`^${verdict.replace('_', ' ').toUpperCase()}: `));
});

describe('of a failure', () => {
  it('says the grave problems of the service, which tell more than which limits were crossed', () => {
    const problems = [
      problem({ severity: 'critical', summary: 'It died.' }),
      problem({ severity: 'high', area: 'measurement', summary: 'Load was short.' }),
      problem({ severity: 'high', summary: 'It leaks.' }),
      problem({ severity: 'medium', summary: 'It is slow.' }),
    ];
    expect(decisionOf('fail', { problems }).sentence).toBe('Failed: It died; It leaks.');
  });

  it('says the reasons of the verdict where no problem is grave', () => {
    const problems = [problem({ severity: 'medium', summary: 'It is slow.' })];
    expect(decisionOf('fail', { problems, reasons: ['p95 is 612 ms', 'b'] }).sentence).toBe(
      'Failed: p95 is 612 ms; b.',
    );
  });
});

it('cannot tell says the reasons of the verdict, whatever was found', () => {
  const problems = [problem({ severity: 'critical', summary: 'It died.' })];
  for (const verdict of ['no_data', 'invalid_load', 'incomplete'] as const)
    expect(decisionOf(verdict, { problems }).sentence).toBe('Cannot tell: a reason.');
});

it('key findings are the six worst problems, then two positive ones', () => {
  const problems = Array.from({ length: 9 }, (_, i) => problem({ summary: `p${i}` }));
  const positives = Array.from({ length: 3 }, (_, i) => problem({ summary: `g${i}` }));
  expect(decisionOf('fail', { problems, positives }).keyFindings).toEqual([
    'p0',
    'p1',
    'p2',
    'p3',
    'p4',
    'p5',
    'g0',
    'g1',
  ]);
});

describe('the headline of a run that others measured', () => {
  const held = { metric: 'okP95Ms', limit: 5, operator: '<', unit: 'ms', samples: 9, verdict: 'pass' } as const;
  const foreign: HeadedRun = {
    source: 'handleSummary',
    verdict: 'pass',
    load: {},
    endpoints: [],
    k6Thresholds: [],
    thresholds: [held],
  };
  const own: HeadedRun = { ...foreign, source: 'k6-verdict' };

  it('does not say that its planned load was delivered', () => {
    expect(headlineOf('pass', [foreign])).toBe(
      'PASS: every threshold that is stored holds; whether the planned load was delivered is not known.',
    );
    expect(headlineOf('pass', [{ ...foreign, thresholds: [held, { ...held, verdict: 'warn' }] }])).toBe(
      'PASS: every stored threshold that decides holds; whether the planned load was delivered is not known.',
    );
  });

  it('does not say it of several either', () => {
    expect(headlineOf('pass', [foreign, foreign])).toBe(
      'PASS: in all 2 runs every threshold that is stored holds; whether the planned load was delivered is not known of any of them.',
    );
    expect(headlineOf('pass', [foreign, own])).toMatch(/is not known of 1 of them\.$/);
    expect(headlineOf('pass', [own, own])).toBe('PASS: all 2 runs were delivered and every threshold holds.');
  });

  it('says it where a record by hand has what was planned and what was made', () => {
    const load = { plannedIterations: 10, iterations: { completed: 10, dropped: 0 } };
    expect(headlineOf('pass', [{ ...foreign, source: 'hand-made', load }])).toBe(
      'PASS: the planned load was delivered and every threshold holds.',
    );
  });
});
