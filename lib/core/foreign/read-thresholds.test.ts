import { expect, it } from 'vitest';
import { parseExpression } from './read-thresholds.ts';

it.each([
  ['p(95)<500', 'p(95)', '<', 500],
  ['p(99.9) <= 1500.5', 'p(99.9)', '<=', 1500.5],
  ['rate>=0.99', 'rate', '>=', 0.99],
  ['rate>.5', 'rate', '>', 0.5],
  ['count===0', 'count', '==', 0],
  ['count!=3', 'count', '!=', 3],
  ['value<1e3', 'value', '<', 1000],
  [' avg < 200 ', 'avg', '<', 200],
  ['med==-1', 'med', '==', -1],
])('%s is read', (expression, statistic, operator, limit) => {
  expect(parseExpression(expression)).toEqual({ statistic, operator, limit });
});

it.each(['', 'p95<500', 'p(95)<', 'p(95)<500ms', 'avg<1 && max<2', 'rate=<0.1', '500>p(95)'])(
  '%j is not',
  (expression) => {
    expect(parseExpression(expression)).toBeUndefined();
  },
);
