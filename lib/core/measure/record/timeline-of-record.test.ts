import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawPeriod, RawSample } from '../../../testing/record-lines.ts';
import { recordOfTest, requestSample, secondsOf, testInRecord } from '../../../testing/record-of-run.ts';
import { sum } from '../../spec/sum.ts';
import { addOutcomes, type OutcomeCounts } from '../outcome.ts';
import { endpointsOfRecord } from './endpoints-of-record.ts';
import { WATCHES } from './over-time.ts';
import { readRecord } from './read-record.ts';
import { timelineOfRecord } from './timeline-of-record.ts';

const START_MS = Date.parse('2026-01-02T03:04:05.000Z');

function read(periods: readonly RawPeriod[], isWhole = true) {
  const text = recordOfTest(testInRecord(['a', 'b']), periods, isWhole ? {} : { end: false });
  return readRecord(text.split('\n'), { watches: WATCHES });
}

function factsOf(outcomes: OutcomeCounts, windowSeconds?: number) {
  const requests = sum(Object.values(outcomes));
  const latency = { count: requests };
  return {
    loadStartedAt: new Date(START_MS).toISOString(),
    totals: { requests, outcomes, latencyMs: { all: latency, ok: latency } },
    ...(windowSeconds === undefined ? {} : { load: { windowSeconds } }),
  };
}

const server = (endpoint: string) => requestSample(endpoint, 3, { status: '500', expected_response: 'false' });

describe('the run over time', () => {
  it('has a point for each second, with the outcomes, the percentiles of successful responses and the users of it', () => {
    const users = { metric: 'vus', kind: 'gauge', value: 4 } as const;
    const record = read(secondsOf([[requestSample('a', 10), users], [server('a')], [requestSample('b', 30)]]));
    const { timeline, note } = timelineOfRecord(record, factsOf({ ok: 2, server_error: 1 }, 3), false);
    expect(note).toBeUndefined();
    expect(timeline?.periodSeconds).toBe(1);
    expect(timeline?.points).toMatchObject([
      { atSeconds: 1, requests: 1, outcomes: { ok: 1 }, okMs: { p50: 10, p99: 10 }, activeUsers: 4 },
      { atSeconds: 2, requests: 1, outcomes: { server_error: 1 } },
      { atSeconds: 3, requests: 1, outcomes: { ok: 1 }, okMs: { p95: 30 } },
    ]);
    expect(timeline?.points[1]).not.toHaveProperty('okMs');
  });

  it('joins a short end to the period before it, percentiles and all', () => {
    const whole = secondsOf([[requestSample('a', 10)], [requestSample('a', 10)]]);
    const end = { fromMs: START_MS + 2000, toMs: START_MS + 2300, samples: [requestSample('a', 50)] };
    const { timeline } = timelineOfRecord(read([...whole, end]), factsOf({ ok: 3 }, 2.3), false);
    expect(timeline?.points.map(({ atSeconds, requests }) => [atSeconds, requests])).toEqual([
      [1, 1],
      [2.3, 2],
    ]);
    expect(timeline?.points[1]?.okMs?.p50).toBeCloseTo(30, 0);
  });

  it('says where the record was cut off', () => {
    const record = read(secondsOf([[requestSample('a', 10)], [requestSample('a', 10)]]), false);
    expect(timelineOfRecord(record, factsOf({ ok: 2 }, 2), false)).toMatchObject({
      note: 'The record was cut off 2s into the load: nothing is known of what came after.',
      timeline: { points: [{}, {}] },
    });
  });

  it.each([
    ['the load never began', { ...factsOf({ ok: 1 }), loadStartedAt: undefined }, [[requestSample('a', 1)]]],
    ['the record has no request of the load', factsOf({}), [[], []]],
    ['the load was over within one period of the record', factsOf({ ok: 1 }, 1), [[requestSample('a', 1)]]],
  ])('is not there where %s', (why, { loadStartedAt, ...facts }, samples) => {
    const given = loadStartedAt === undefined ? facts : { ...facts, loadStartedAt };
    expect(timelineOfRecord(read(secondsOf(samples)), given, false)).toEqual({
      note: `No requests over time: ${why}.`,
    });
  });

  it('adds up to the run, outcome by outcome, in all and for each endpoint, whatever happened when', () => {
    const statuses = fc.constantFrom('200', '200', '404', '500', '429');
    const request = fc.record({
      endpoint: fc.constantFrom('a', 'b'),
      status: statuses,
      ms: fc.integer({ min: 1, max: 900 }),
    });
    const seconds = fc.array(fc.array(request, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(seconds, (all) => {
        const sampleOf = ({ endpoint, status, ms }: (typeof all)[number][number]): RawSample =>
          requestSample(endpoint, ms, { status, expected_response: String(status === '200') });
        const record = read(secondsOf(all.map((each) => each.map(sampleOf))));
        const names = { 200: 'ok', 404: 'not_found', 429: 'rate_limited', 500: 'server_error' } as const;
        const outcomes = addOutcomes(all.flat().map(({ status }) => ({ [names[status as unknown as 200]]: 1 })));
        const facts = factsOf(outcomes, all.length);
        const { timeline, note } = timelineOfRecord(record, facts, false);
        expect(note).toBeUndefined();
        expect(addOutcomes((timeline?.points ?? []).map((point) => point.outcomes))).toEqual(outcomes);
        const endpoints = testInRecord(['a', 'b']).endpoints.map((endpoint) => ({ ...endpoint, ...facts.totals }));
        const load = { windowSeconds: all.length } as Parameters<typeof endpointsOfRecord>[1]['load'];
        const rows = endpointsOfRecord(record, { ...facts, load, endpoints }, false);
        for (const { id, requests, ok } of rows?.endpoints ?? []) {
          const own = all.flat().filter(({ endpoint }) => endpoint === id);
          expect(sum(requests)).toBe(own.length);
          expect(sum(ok)).toBe(own.filter(({ status }) => status === '200').length);
        }
        expect(rows?.endpoints).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });

  it('counts responses of wrong content as what their check found', () => {
    const tags = { endpoint: 'a', phase: 'load' };
    const ok = { metric: 'ok_duration', value: 10, tags };
    const wrong = { metric: 'outcome_check_failed', kind: 'counter', value: 1, tags } as const;
    const record = read(
      secondsOf([
        [requestSample('a', 10), ok],
        [requestSample('a', 12), wrong, server('a')],
      ]),
    );
    const facts = factsOf({ ok: 1, check_failed: 1, server_error: 1 }, 2);
    expect(timelineOfRecord(record, facts, true).timeline?.points).toMatchObject([
      { outcomes: { ok: 1 }, okMs: { p50: 10 } },
      { outcomes: { check_failed: 1, server_error: 1 } },
    ]);
  });
});

it.each([false, true])(
  'requests that belong to no endpoint are in the run over time (contents are checked: %s)',
  (checksContent) => {
    const tags = { phase: 'load', status: '200', expected_response: 'true' };
    const ofScript = { metric: 'http_req_duration', value: 40, tags } as const;
    const checked = { metric: 'ok_duration', value: 10, tags: { endpoint: 'a', phase: 'load' } } as const;
    const ofEndpoint = checksContent ? [requestSample('a', 10), checked] : [requestSample('a', 10)];
    const record = read(secondsOf([[...ofEndpoint, ofScript], [ofScript]]));
    const facts = factsOf({ ok: 3 }, 2);
    const { timeline, note } = timelineOfRecord(record, facts, checksContent);
    expect(note).toBeUndefined();
    expect(timeline?.points.map(({ outcomes }) => outcomes)).toEqual([{ ok: 2 }, { ok: 1 }]);
    const rows = { ...facts, load: { windowSeconds: 2 }, endpoints: [{ id: 'a' }, { id: 'not declared' }] };
    expect(endpointsOfRecord(record, rows, checksContent)?.endpoints.map((each) => each.ok)).toEqual([
      [1, 0],
      [1, 1],
    ]);
  },
);
