import { describe, expect, it } from 'vitest';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import { VERDICTS, type Verdict } from '../../core/judge/verdict.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { FIXTURES } from '../../testing/runs.ts';
import { decide, type HeadedRun, headlineOf } from './decision.ts';
import { gatherEvidence } from './evidence.ts';
import { thresholdRows } from './thresholds.ts';

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
  readonly summary?: RunSummary;
  readonly positives?: readonly Problem[];
}

function decisionOf(verdict: Verdict, setting: Setting = {}) {
  const { problems = [], reasons = ['a reason'], summary = FIXTURES.healthy, positives = [] } = setting;
  const runs = [asStored(summary)];
  const thresholds = runs.flatMap((run) => thresholdRows(run));
  return decide({
    verdict,
    reasons,
    problems,
    positives,
    evidence: gatherEvidence(runs),
    runs,
    thresholds,
    answers: [],
  });
}

it.each<[Verdict, string, RegExp]>([
  ['pass', 'deploy', /^Deploy: /],
  ['fail', 'do not deploy', /^Do not deploy: /],
  ['no_data', 'cannot tell', /^Cannot tell: /],
  ['invalid_load', 'cannot tell', /^Cannot tell: /],
  ['incomplete', 'cannot tell', /^Cannot tell: /],
])('of %s: %s', (verdict, recommendation, sentence) => {
  expect(decisionOf(verdict)).toMatchObject({ recommendation, sentence: expect.stringMatching(sentence) });
});

it('every verdict has a headline that begins with it', () => {
  for (const verdict of VERDICTS)
    expect(decisionOf(verdict).headline).toMatch(new RegExp(`^${verdict.replace('_', ' ').toUpperCase()}: `));
});

describe('deploy', () => {
  it('says what held, over how many requests, and how fast', () => {
    const { thresholds } = FIXTURES.healthy;
    expect(decisionOf('pass').sentence).toMatch(
      new RegExp(
        `^Deploy: all ${thresholds.length} thresholds hold over 1,500 requests, p95 of ok replies [\\d.]+ ms\\.$`,
      ),
    );
  });

  it('says what to know before, if there is something, and no more than three things of it', () => {
    const problems = ['a', 'b', 'c', 'd', 'e'].map((name) => problem({ summary: `Problem ${name}.` }));
    expect(decisionOf('pass', { problems }).sentence).toMatch(
      / Know before you do: Problem a; Problem b; Problem c; and 2 more\.$/,
    );
  });
});

describe('do not deploy', () => {
  it('says the grave problems of the service, which tell more than which limits were crossed', () => {
    const problems = [
      problem({ severity: 'critical', summary: 'It died.' }),
      problem({ severity: 'high', area: 'measurement', summary: 'Load was short.' }),
      problem({ severity: 'high', summary: 'It leaks.' }),
      problem({ severity: 'medium', summary: 'It is slow.' }),
    ];
    expect(decisionOf('fail', { problems }).sentence).toBe('Do not deploy: It died; It leaks.');
  });

  it('says the reasons of the verdict where no problem is grave', () => {
    const problems = [problem({ severity: 'medium', summary: 'It is slow.' })];
    expect(decisionOf('fail', { problems, reasons: ['p95 is 612 ms', 'b'] }).sentence).toBe(
      'Do not deploy: p95 is 612 ms; b.',
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
  const foreign: HeadedRun = { source: 'handleSummary', verdict: 'pass', load: {}, thresholds: [{ verdict: 'pass' }] };
  const own: HeadedRun = { ...foreign, source: 'k6-verdict' };

  it('does not say that its planned load was delivered', () => {
    expect(headlineOf('pass', [foreign])).toBe(
      'PASS: every threshold that is stored holds; whether the planned load was delivered is not known.',
    );
    expect(headlineOf('pass', [{ ...foreign, thresholds: [{ verdict: 'pass' }, { verdict: 'warn' }] }])).toBe(
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
