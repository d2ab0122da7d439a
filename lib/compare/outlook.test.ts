import { describe, expect, it } from 'vitest';
import type { ExpectedReplies } from '../core/spec/expected-replies.ts';
import { outlookOf, percentileFor } from './outlook.ts';

const FIVE = { pairs: 5, looks: 2, policy: {} };

function repliesOf(usual: Readonly<Record<string, number>>, most = usual): ExpectedReplies {
  return { usual, most, grownBy: { setting: 'DURATION', value: 20 } };
}

const outlook = (replies: ExpectedReplies, more: object = {}) => outlookOf({ ...FIVE, replies, ...more }).join('\n');

it.each([
  [400, 'p95'],
  [399, 'p90'],
  [200, 'p90'],
  [199, 'p75'],
  [80, 'p75'],
  [79, 'p50'],
  [40, 'p50'],
  [39, undefined],
])('%s successful responses are enough for %s', (replies, metric) => {
  expect(percentileFor(replies)).toBe(metric);
});

describe('before an ab starts', () => {
  it('it says how many runs there will be, and how many responses of each endpoint', () => {
    expect(outlook(repliesOf({ a: 600, b: 600 }))).toBe(
      [
        'Plan: 10 runs, 5 pairs, and as many again where the first look leaves something open.',
        '  successful responses of each endpoint in a run: about 600 (fewer where answers are slow or limits hold); the p95 of each endpoint decides',
        // §2.9 of the procedure, at the level of two looks.
        '  smallest slowdown that 10 pairs find four times in five: +5.8 % where two runs of one release differ by 2 %, +7.3 % at 5 %, +15 % at 10 %',
      ].join('\n'),
    );
  });

  it('it says how many journeys there are at most, and refuses none of them', () => {
    const said = outlookOf({ ...FIVE, mostJourneys: 1200 }).join('\n');
    expect(said).toContain('at most about 1,200 journeys in a run');
    expect(said).toContain('smallest slowdown');
  });

  it('it says which percentile decides where responses are few, and what would give a p95', () => {
    const said = outlook(repliesOf({ a: 200, b: 60, c: 30 }));
    expect(said).toContain('about 30 to 200');
    expect(said).toContain('the p90 of a decides; the p50 of b decides; too few to compare the latency of c');
    expect(said).toContain('a p95 needs 400: --duration 50s');
  });

  it('with two pairs hardly anything is found, and it says so', () => {
    expect(outlook(repliesOf({ a: 600 }), { pairs: 2, looks: 1 })).toContain('2 pairs find four times in five: +');
  });

  it.each<[string, object, ExpectedReplies, RegExp]>([
    [
      'no endpoint can get 40 responses',
      {},
      repliesOf({ a: 8, b: 7 }),
      /at most 8 successful responses .*--duration 20s\)[\s\S]*--duration 2m5s for the p50, or --duration 20m50s for the p95/,
    ],
    ['nothing is sent at all', {}, repliesOf({ a: 0 }), /at most 0 successful responses[\s\S]*a plan that sends more/],
    [
      'there is one pair alone',
      { pairs: 1, looks: 1 },
      repliesOf({ a: 600 }),
      /how much two runs of the same release differ/,
    ],
  ])('it refuses a plan in which %s', (_, more, replies, words) => {
    expect(() => outlook(replies, more)).toThrow(words);
  });

  it('it does not refuse what a fast service could answer often enough', () => {
    expect(outlook(repliesOf({ a: 8 }, { a: 60 }))).toContain('too few to compare the latency of a');
  });
});
