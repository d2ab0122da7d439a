import { expect, it } from 'vitest';
import { k6Metric, readMetrics } from '../../testing/k6-files.ts';
import type { K6Shape } from './lacks.ts';

const check = (name: string, passes: number, fails: number) => ({ name, path: `::${name}`, passes, fails });
const EXPECTED = [
  { name: 'is up', passes: 10, fails: 0 },
  { name: 'has a price', group: 'shop / cart', passes: 3, fails: 7 },
];
const SHAPES: readonly [K6Shape, Record<string, unknown>, Record<string, unknown>][] = [
  [
    'handleSummary',
    {},
    {
      root_group: {
        name: '',
        checks: [check('is up', 10, 0)],
        groups: [
          {
            name: 'shop',
            checks: [],
            groups: [{ name: 'cart', checks: [check('has a price', 3, 7)], groups: [] }],
          },
          { name: 'empty', checks: [], groups: [] },
        ],
      },
    },
  ],
  [
    'summary-export',
    {},
    {
      root_group: {
        checks: { 'is up': check('is up', 10, 0) },
        groups: {
          shop: {
            name: 'shop',
            groups: { cart: { name: 'cart', checks: { 'has a price': check('has a price', 3, 7) } } },
          },
          empty: { name: 'empty', checks: {}, groups: {} },
        },
      },
    },
  ],
];

it.each(SHAPES)('the checks of a script are read from %s, with their groups', (shape, metrics, rest) => {
  const run = readMetrics(metrics, rest, shape);
  expect(run.k6?.checks).toEqual(EXPECTED);
  expect(run.lacks).toContain('Of empty the file has no more than the names of these groups.');
});

it('and from the machine-readable summary, which has no groups', () => {
  const results = { metrics: [], checks: { results: [check('is up', 10, 0), check('has a price', 3, 7)] } };
  expect(readMetrics({}, { results }, 'machine-readable').k6?.checks).toEqual([
    { name: 'is up', passes: 10, fails: 0 },
    { name: 'has a price', passes: 3, fails: 7 },
  ]);
});

it('together, where the file has no names of them', () => {
  expect(readMetrics({ checks: k6Metric.rate(8, 2) }).k6?.checks).toEqual([
    { name: 'all checks (their names are not stored)', passes: 8, fails: 2 },
  ]);
});

it('what contradicts itself is told', () => {
  const rest = { root_group: { checks: [check('is up', 10, 0)], groups: [] } };
  expect(readMetrics({ checks: k6Metric.rate(8, 2) }, rest).k6?.impossible).toEqual([
    'the checks by name add up to 10 passed and 0 failed, k6 counted 8 and 2.',
  ]);
  expect(readMetrics({ checks: k6Metric.rate(10, 0) }, rest).k6?.impossible).toEqual([]);
});

it('what k6 does not write is left out, and what can be secret too', () => {
  const odd = [null, { name: 1 }, { ...check('a', 1, 0), passes: '1' }, check('https://u:pass@h/a?key=s3cret', 1, 0)];
  const run = readMetrics({}, { root_group: { checks: odd, groups: ['x', { name: null }] } });
  expect(run.k6?.checks).toEqual([{ name: 'https://h/a', passes: 1, fails: 0 }]);
});
