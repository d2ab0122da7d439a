import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { endpointsOfRecord } from '../../measure/record/endpoints-of-record.ts';
import { readRecord } from '../../measure/record/read-record.ts';
import { watchesOfScript } from '../../measure/record/requests-of-script.ts';
import { timelineOfRecord } from '../../measure/record/timeline-of-record.ts';
import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { measuredOf, requestsOfLoad, rowsOf } from './rows.ts';

const read = (record: RawRecord) =>
  readRecord(
    linesOf(record).map((line) => JSON.stringify(line)),
    { watches: watchesOfScript },
  );

/** What a report says of the requests of a script, and of the same over time. */
function told(record: RawRecord) {
  const recorded = read(record);
  const requests = requestsOfLoad(recorded);
  const [endpoints, totals, { loadWindow }] = [rowsOf(requests), measuredOf(requests), recorded];
  const run = {
    endpoints,
    totals,
    ...present({ loadStartedAt: loadWindow && new Date(loadWindow.fromMs).toISOString() }),
    load: { windowSeconds: loadWindow === undefined ? 0 : (loadWindow.toMs - loadWindow.fromMs) / 1000 },
  };
  const timeline = timelineOfRecord(recorded, run, false);
  return { endpoints, totals, timeline, overTime: endpointsOfRecord(recorded, run, false) };
}

const request = (row: string, ms: number, tags: Readonly<Record<string, string>> = {}): RawSample => ({
  metric: 'http_req_duration',
  value: ms,
  tags: { row, group: '', scenario: 'default', status: '200', expected_response: 'true', ...tags },
});
const users = (value: number): RawSample => ({ metric: 'vus', kind: 'gauge', value });

const anyRequest: fc.Arbitrary<RawSample> = fc.record({
  metric: fc.constantFrom(
    'http_req_duration',
    'http_req_duration',
    'grpc_req_duration',
    'ws_connecting',
    'browser_http_req_duration',
    'own_trend',
  ),
  value: fc.integer({ min: 1, max: 5000 }),
  tags: fc
    .record({
      row: fc.constantFrom(undefined, 'pay', 'GET /orders/{id}', 'b / pay'),
      group: fc.constantFrom(undefined, '', '::a', '::a::b', '::setup', '::teardown'),
      scenario: fc.constantFrom(undefined, 'default', 'other'),
      status: fc.constantFrom(undefined, '0', '14', '101', '200', '429', '503'),
      expected_response: fc.constantFrom(undefined, 'true', 'false'),
      error_code: fc.constantFrom(undefined, '1050', '1212'),
      more: fc.constantFrom(undefined, undefined, undefined, 'true'),
    })
    .map((tags) => present(tags) as Readonly<Record<string, string>>),
});

describe('the requests of a script over time', () => {
  it('are those of its rows and totals, outcome by outcome, whenever k6 handed them on', () => {
    const periods = fc.array(fc.array(anyRequest, { maxLength: 12 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(periods, fc.double({ min: 0, max: 1, noNaN: true }), (samples, share) => {
        const seconds = samples.map((each, i) => ({ fromMs: i * 1000, toMs: (i + 1) * 1000, samples: each }));
        // The load of a record can end before the period in which its last samples came in.
        const loadEndedAtMs = Math.max(1, samples.length * 1000 * share);
        const run = told({ periods: seconds, end: { loadStartedAtMs: 0, loadEndedAtMs } });
        if (run.overTime === undefined) return;
        expect(run.overTime.endpoints.map(({ id, requests, ok }) => [id, sum(requests), sum(ok)])).toEqual(
          run.endpoints.map(({ id, requests, outcomes }) => [id, requests, outcomes.ok ?? 0]),
        );
        const points = run.timeline.timeline?.points ?? [];
        expect(run.timeline.note === undefined || run.totals.requests === 0).toBe(true);
        for (const [outcome, count] of Object.entries(run.totals.outcomes))
          expect([outcome, sum(points.map(({ outcomes }) => outcomes[outcome as 'ok'] ?? 0))]).toEqual([
            outcome,
            count,
          ]);
      }),
      { numRuns: 60 },
    );
  });

  it('have the latencies, failures and users of each period, without setup and teardown', () => {
    const seeding = request('GET /seed', 900, { group: '::setup' });
    const { scenario: _, ...tags } = seeding.tags ?? {};
    const run = told({
      periods: [
        { fromMs: 0, toMs: 1000, samples: [{ ...seeding, tags }, users(0)] },
        { fromMs: 1000, toMs: 2000, samples: [users(2), request('pay', 10), request('pay', 30, { group: '::a' })] },
        {
          fromMs: 2000,
          toMs: 3000,
          samples: [users(3), request('pay', 0, { status: '503', expected_response: 'false' }), request('pay', 20)],
        },
        { fromMs: 3000, toMs: 4000, samples: [users(0), request('pay', 40)] },
      ],
      end: { loadStartedAtMs: 1000, loadEndedAtMs: 3000 - 1 },
    });
    expect(run.overTime).toEqual({
      atSeconds: [1, 1.999],
      endpoints: [
        { id: 'pay', requests: [1, 3], ok: [1, 2], limited: [0, 0], okP50Ms: [10, 30], okP95Ms: [10, 39] },
        { id: 'a / pay', requests: [1, 0], ok: [1, 0], limited: [0, 0], okP50Ms: [30, null], okP95Ms: [30, null] },
      ],
    });
    expect(run.timeline.timeline?.points).toMatchObject([
      { requests: 2, outcomes: { ok: 2 }, activeUsers: 2, requestsPerSecond: 2 },
      { requests: 3, outcomes: { ok: 2, server_error: 1 }, activeUsers: 3 },
    ]);
  });

  it('are of one row where a name reads like a group and a name', () => {
    const { endpoints } = told({
      periods: [
        {
          fromMs: 0,
          toMs: 1000,
          samples: [request('b / pay', 1, { group: '::a' }), request('pay', 2, { group: '::a::b' })],
        },
      ],
    });
    expect(endpoints.map(({ id, requests }) => [id, requests])).toEqual([['a / b / pay', 2]]);
  });
});
