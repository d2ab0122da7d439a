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

describe('the risk of a release is', () => {
  it('that of the worst problem, with each area once, the worst first', () => {
    const risks = assessRisks(
      [
        problem({ severity: 'low', area: 'capacity', summary: 'a.' }),
        problem({ severity: 'high', area: 'availability', summary: 'b.' }),
        problem({ severity: 'medium', area: 'capacity', summary: 'c.' }),
      ],
      true,
    );
    expect(risks).toEqual({
      level: 'high',
      factors: [
        { area: 'availability', severity: 'high', because: ['b.'] },
        { area: 'capacity', severity: 'medium', because: ['a.', 'c.'] },
      ],
    });
  });

  it('not found where the test could tell, and unknown where it could not', () => {
    expect(assessRisks([], true)).toEqual({ level: 'none found', factors: [] });
    expect(assessRisks([], false)).toEqual({ level: 'unknown', factors: [] });
  });

  it('never called low or medium by a test that could not tell', () => {
    const levelOf = (severity: Problem['severity']) => assessRisks([problem({ severity })], false).level;
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
