import { describe, expect, it } from 'vitest';
import { hypothesis, rankHypotheses } from './finding.ts';

describe('hypotheses stand', () => {
  const guess = hypothesis('guess', { against: ['x'] });
  const weak = hypothesis('weak', { for: ['a', false], against: ['b', undefined] });
  const strong = hypothesis('strong', { for: ['a', 'b', 'c'], against: ['d'] });
  const middle = hypothesis('middle', { for: ['a'] });

  it('by what speaks for them less what speaks against them, and not where nothing speaks for them', () => {
    expect(rankHypotheses([guess, weak, middle, strong]).map(({ statement }) => statement)).toEqual([
      'strong',
      'middle',
      'weak',
    ]);
  });

  it('with the evidence that holds', () => {
    expect(weak).toEqual({ statement: 'weak', supportedBy: ['a'], contradictedBy: ['b'] });
  });
});
