import { describe, expect, it } from 'vitest';
import { asStored } from '../../core/judge/run-summary.ts';
import type { OutcomeCounts } from '../../core/measure/outcome.ts';
import { countRequests } from '../../core/measure/outcome.ts';
import { FIXTURES } from '../../testing/runs.ts';
import type { RunEvidence } from './evidence.ts';
import { endingOf, overTime, overTimeNotes } from './over-time.ts';

const run = asStored(FIXTURES.healthy);

/** A run with one period a second. */
function over(...periods: readonly OutcomeCounts[]): RunEvidence {
  const points = periods.map((outcomes, i) => ({
    atSeconds: i + 1,
    requests: countRequests(outcomes),
    outcomes,
    requestsPerSecond: countRequests(outcomes),
  }));
  return { ...run, timeline: { periodSeconds: 1, points } };
}

describe('after the first refused or reset connection', () => {
  it('a server is gone where only failures follow', () => {
    expect(endingOf(over({ ok: 9 }, { ok: 3, refused: 1 }, { refused: 9 }, { timeout: 2 }))).toEqual({
      afterSeconds: 1,
      firstAtSeconds: 2,
      answersAgain: false,
      lastAnswerAtSeconds: 2,
    });
  });

  it.each<[string, OutcomeCounts]>([
    ['a successful response', { ok: 1 }],
    ['a 429', { rate_limited: 1 }],
    ['an error', { server_error: 1, refused: 50 }],
  ])('it answers again with %s', (_case, reply) => {
    expect(endingOf(over({ ok: 9 }, { refused: 9 }, { refused: 9 }, reply))).toEqual({
      afterSeconds: 1,
      firstAtSeconds: 2,
      answersAgain: true,
      lastAnswerAtSeconds: 4,
    });
  });

  it('it never answered where no period has a response', () => {
    expect(endingOf(over({ refused: 9 }, { refused: 9 }))).toEqual({
      afterSeconds: 0,
      firstAtSeconds: 1,
      answersAgain: false,
      lastAnswerAtSeconds: undefined,
    });
  });

  it('nothing is known where it came in the last period that has requests', () => {
    expect(endingOf(over({ ok: 9 }, { ok: 8, reset: 1 }, {}))?.answersAgain).toBeUndefined();
    expect(endingOf(over({ ok: 9 }, { ok: 5, refused: 5 }))?.answersAgain).toBeUndefined();
  });

  it('however much of the last period was refused: its end says nothing', () => {
    expect(endingOf(over({ ok: 9 }, { ok: 4, refused: 5 }))).toEqual({
      afterSeconds: 1,
      firstAtSeconds: 2,
      answersAgain: undefined,
      lastAnswerAtSeconds: 2,
    });
  });

  it('nothing is said where there was none, or no record', () => {
    expect(endingOf(over({ ok: 9 }, { timeout: 9 }))).toBeUndefined();
    expect(endingOf(run)).toBeUndefined();
  });
});

describe('over time', () => {
  it('each period is parted into ok, rate limited and failed', () => {
    const points = overTime(over({ ok: 5, rate_limited: 3, timeout: 2, not_found: 1 }, {}))?.points;
    expect(points?.map(({ ok, limited, failed, requests }) => [ok, limited, failed, requests])).toEqual([
      [5, 3, 3, 11],
      [0, 0, 0, 0],
    ]);
  });

  it('there is nothing without a record, or with an empty one', () => {
    expect(overTime(run)).toBeUndefined();
    expect(overTime(over())).toBeUndefined();
  });
});

describe('why there is no record', () => {
  const because = (scenario: string, timelineNote?: string): RunEvidence => ({
    ...run,
    scenario,
    ...(timelineNote === undefined ? {} : { timelineNote }),
  });

  it.each<[string, RunEvidence[], string[]]>([
    ['is said of the only run without its name', [because('x', 'Off.')], ['Off.']],
    ['is said once where it is the same for all', [because('x', 'Off.'), because('y', 'Off.')], ['Off.']],
    ['is said of each run where it differs', [because('x', 'Off.'), because('y', 'Cut.')], ['x: Off.', 'y: Cut.']],
    ['is said of the run it is about', [because('x', 'Off.'), because('y')], ['x: Off.']],
    ['is not said where each has one', [because('x'), because('y')], []],
  ])('%s', (_case, runs, notes) => {
    expect(overTimeNotes(runs)).toEqual(notes);
  });
});
