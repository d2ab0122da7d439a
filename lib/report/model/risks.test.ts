import { describe, expect, it } from 'vitest';
import type { Problem, Recommendation } from '../../core/spec/document/finding.ts';
import { actionsOf, assessRisks } from './risks.ts';

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

const assess = (problems: readonly Problem[], changes: Partial<Parameters<typeof assessRisks>[0]> = {}) =>
  assessRisks({ problems, verdict: 'pass', isOfRelease: false, shown: ['12 endpoints answered 50 users'], ...changes });

describe('the risk is', () => {
  it('that of the worst problem, with each area once, the worst first', () => {
    const risks = assess([
      problem({ severity: 'low', area: 'capacity', summary: 'a.' }),
      problem({ severity: 'high', area: 'availability', summary: 'b.' }),
      problem({ severity: 'medium', area: 'capacity', summary: 'c.' }),
    ]);
    expect(risks).toEqual({
      level: 'high',
      sentence: 'Highest risk found by this test: high.',
      factors: [
        { area: 'availability', severity: 'high', because: ['b.'] },
        { area: 'capacity', severity: 'medium', because: ['a.', 'c.'] },
      ],
    });
  });

  it('not found where the test could tell, and unknown where it could not', () => {
    expect(assess([])).toEqual({
      level: 'none found',
      sentence: 'No risk found by this test; it looked at: 12 endpoints answered 50 users.',
      factors: [],
    });
    for (const verdict of ['no_data', 'invalid_load', 'incomplete'] as const)
      expect(assess([], { verdict })).toEqual({
        level: 'unknown',
        sentence: 'The test could not show the risk.',
        factors: [],
      });
  });

  it('never called none beside a failure', () => {
    expect(assess([], { verdict: 'fail' })).toEqual({
      level: 'unknown',
      sentence: 'No finding names a risk: see why the test failed.',
      factors: [],
    });
  });

  it('said of deploying only where a release is judged', () => {
    const sentences = [true, false].map((isOfRelease) => assess([problem({})], { isOfRelease }).sentence);
    expect(sentences).toEqual(['Risk of deploying: medium.', 'Highest risk found by this test: medium.']);
  });

  it('never one of the measurement, such as a busy generator', () => {
    expect(assess([problem({ area: 'measurement', severity: 'high' })])).toMatchObject({
      level: 'none found',
      factors: [],
    });
  });

  it('never called low or medium by a test that could not tell', () => {
    const levelOf = (severity: Problem['severity']) => assess([problem({ severity })], { verdict: 'incomplete' }).level;
    expect([levelOf('low'), levelOf('medium')]).toEqual(['unknown', 'unknown']);
    expect([levelOf('high'), levelOf('critical')]).toEqual(['high', 'critical']);
  });
});

it('each action stands once, under its urgency, with every finding it answers', () => {
  const advise = (title: string, ...recommendations: readonly Recommendation[]) => problem({ title, recommendations });
  const restart: Recommendation = { urgency: 'must', text: 'Restart it.' };
  const watch: Recommendation = { urgency: 'could', text: 'Watch it.' };
  expect(actionsOf([advise('A', restart), advise('B', watch, restart), advise('B', restart)])).toEqual({
    must: [{ text: 'Restart it.', answers: ['A', 'B'] }],
    should: [],
    could: [{ text: 'Watch it.', answers: ['B'] }],
  });
});
