import { describe, expect, it } from 'vitest';
import { asStored, type RunSummary } from '../../core/judge/run-summary.ts';
import { VERDICTS, type Verdict } from '../../core/judge/verdict.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { FIXTURES } from '../../testing/runs.ts';
import { decide } from './decision.ts';
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
