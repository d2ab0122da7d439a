import { describe, expect, it } from 'vitest';
import type { StoredLoad } from '../measure/measured.ts';
import { describeExceptions, judgeExceptions } from './exceptions.ts';

function judged(iterations: Partial<NonNullable<StoredLoad['iterations']>>, isOfJourneys = false) {
  const load = { iterations: { completed: 40, dropped: 0, ...iterations } };
  return judgeExceptions({ load, ...(isOfJourneys ? { journeys: [] } : {}) });
}

const LOST = 'since nobody awaited the async function that threw it: call it with await (see k6.log)';

describe('exceptions in a scenario', () => {
  it('fail it, be it one, and one that was lost says what to do', () => {
    expect(judged({ failed: 2 })).toEqual([
      { verdict: 'fail', text: 'the script threw an exception in 2 iterations (see k6.log)' },
    ]);
    expect(judged({ failed: 0, unawaited: 1 }, true)).toEqual([
      { verdict: 'fail', text: `an exception was lost in 1 journey, ${LOST}` },
    ]);
    expect(judged({ failed: 3, unawaited: 1 }).map(({ text }) => text)).toEqual([
      'the script threw an exception in 3 iterations (see k6.log)',
      `an exception was lost in 1 iteration, ${LOST}`,
    ]);
  });

  it('that never were are no reason', () => {
    expect(judged({ failed: 0 })).toEqual([]);
    expect(describeExceptions({ load: {} })).toEqual([]);
  });
});

describe('exceptions in a script of others', () => {
  it('fail it where they ended all it did, whether they were thrown or lost', () => {
    expect(judged({ thrown: 40, unawaited: 30 })).toEqual([
      {
        verdict: 'fail',
        text: 'an exception ended every one of 40 iterations of the script, 30 times in an async function (see k6.log)',
      },
    ]);
  });

  it('are a doubt where something is left to its thresholds', () => {
    expect(judged({ thrown: 39, unawaited: 39 })).toEqual([]);
  });
});
