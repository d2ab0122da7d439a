import { describe, expect, it } from 'vitest';
import { endpointSummary, measuredRun, runSummary } from '../../../testing/runs.ts';
import type { EndpointOverTime } from '../../measure/endpoints-over-time.ts';
import type { Cause } from '../../measure/measured.ts';
import { contradictionsOf } from './contradictions-of.ts';

const CURVE: EndpointOverTime = {
  id: 'a',
  requests: [5, 5],
  ok: [4, 4],
  limited: [1, 0],
  okP50Ms: [1, 1],
  okP95Ms: [2, null],
};
const CAUSES: readonly Cause[] = [
  { outcome: 'server_error', status: 503, count: 1 },
  { outcome: 'rate_limited', status: 429, count: 1 },
];

function told(curve: Partial<EndpointOverTime> = {}, atSeconds = [1, 2], causes = CAUSES): string[] {
  const endpoint = endpointSummary('a', { outcomes: { ok: 8, rate_limited: 1, server_error: 1 } });
  const run = runSummary(measuredRun([{ ...endpoint, causes }]), {
    overTime: { atSeconds, endpoints: [{ ...CURVE, ...curve }] },
  });
  return contradictionsOf(run).map(({ member, received, expected }) => `${member} is ${received}; ${expected}`);
}

describe('of what a record says', () => {
  it('nothing is said of a true one, nor of one that was cut off', () => {
    expect(told()).toEqual([]);
    expect(told({ requests: [5, 0], ok: [4, 0] })).toEqual([]);
    expect(told({}, [1, 2], CAUSES.slice(1))).toEqual([]);
  });

  it.each<[string, Partial<EndpointOverTime>, number[], readonly Cause[], RegExp]>([
    ['more requests', { requests: [6, 5] }, [1, 2], CAUSES, /\.requests is 11; at most 10, the requests to a/],
    [
      'more successful responses',
      { ok: [4, 5] },
      [1, 2],
      CAUSES,
      /\.ok is 9; at most 8, the successful responses of a/,
    ],
    ['more 429 responses', { limited: [1, 1] }, [1, 2], CAUSES, /\.limited is 2; at most 1/],
    ['more ok than requests', { requests: [3, 5] }, [1, 2], CAUSES, /\.ok\[0\] is 5; at most 3, the requests of/],
    ['a period too few', { okP95Ms: [2] }, [1, 2], CAUSES, /\.okP95Ms is 1; 2, one figure for each period/],
    ['another endpoint', { id: 'b' }, [1, 2], CAUSES, /\.id is "b"; the id of one of the endpoints/],
    ['time that stands still', {}, [1, 1], CAUSES, /^overTime\.atSeconds\[1\] is 1; a period that ends after/],
    ['more causes', {}, [1, 2], [...CAUSES, ...CAUSES], /^endpoints\[0\]\.causes is 2; at most 1, its requests of/],
  ])('%s than can be are found', (_case, curve, atSeconds, causes, expected) => {
    expect(told(curve, atSeconds, causes)).toContainEqual(expect.stringMatching(expected));
  });
});
