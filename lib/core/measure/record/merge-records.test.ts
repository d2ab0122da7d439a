import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RawRecord, type RawSample, recordLines } from '../../../testing/record-lines.ts';
import { present } from '../../spec/present.ts';
import { mergeRecords } from './merge-records.ts';
import { readRecord } from './read-record.ts';
import type { RecordedSeries } from './recorded-series.ts';

const read = (record: RawRecord) => readRecord(recordLines(record).split('\n'));

const limits = [{ metric: 'http_req_duration', tags: {}, values: [500] }];
const partOf = (samples: readonly RawSample[], fromMs = 0): RawRecord => ({
  start: { atMs: fromMs },
  limits,
  periods: [{ fromMs, toMs: fromMs + 1000, samples }],
});

/** Without what depends on the order of additions. */
const comparable = (series: readonly RecordedSeries[]) =>
  series
    .map((each) => ({
      ...each,
      tags: Object.entries(each.tags).sort(),
      ...(each.kind === 'trend' ? { trend: { ...each.trend, sum: each.trend.sum.toFixed(6) } } : {}),
    }))
    .map((each) => JSON.stringify(each))
    .sort();

const sample: fc.Arbitrary<RawSample> = fc.oneof(
  fc.record({
    metric: fc.constant('http_req_duration'),
    value: fc.double({ min: 0, max: 60_000, noNaN: true }),
    tags: fc.constantFrom({ a: '1', b: '2' }, { b: '2', a: '1' }, { a: '1' }),
  }),
  fc.record({ metric: fc.constant('bytes'), kind: fc.constant('counter'), value: fc.integer({ min: 0, max: 99 }) }),
  fc.record({ metric: fc.constant('checks'), kind: fc.constant('rate'), value: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ metric: fc.constant('vus'), kind: fc.constant('gauge'), value: fc.integer({ min: 0, max: 9 }) }),
);

describe('records of one load', () => {
  it('are what one record of all their samples would be', () => {
    fc.assert(
      fc.property(fc.array(fc.array(sample), { minLength: 1, maxLength: 4 }), (parts) => {
        const merged = mergeRecords(parts.map((part, i) => read(partOf(part, i * 1000))));
        expect(comparable(merged.series)).toEqual(comparable(read(partOf(parts.flat())).series));
        expect(merged).toMatchObject({ startedAtMs: 0, lastAtMs: parts.length * 1000, isWhole: true });
      }),
    );
  });

  it('have the gauge of the one that goes on longest, in whatever order they come', () => {
    const [early, late] = [3, 8].map((value) => read(partOf([{ metric: 'vus', kind: 'gauge', value }], value * 1000)));
    if (early === undefined || late === undefined) return expect.fail();
    for (const records of [
      [early, late],
      [late, early],
    ])
      expect(mergeRecords(records).series).toMatchObject([{ last: 8, min: 3, max: 8 }]);
  });

  it('have their single samples by time', () => {
    const event = (atMs: number) => ({ metric: 'verdict_event', atMs, value: atMs });
    const merged = mergeRecords([read({ samples: [event(1), event(5)] }), read({ samples: [event(2), event(9)] })]);
    expect(merged.samples.map(({ atMs }) => atMs)).toEqual([1, 2, 5, 9]);
  });

  it('are whole where all are', () => {
    const [whole, broken] = [read({}), read({ end: false })];
    expect(mergeRecords([whole, whole]).isWhole).toBe(true);
    expect(mergeRecords([whole, broken]).isWhole).toBe(false);
  });

  it('say how each ended', () => {
    const first = read({ start: { atMs: 5, test: 1, options: { a: 1 } }, end: { foldedRows: 3, droppedTexts: 1 } });
    const second = read({ end: { foldedRows: 2, droppedTexts: 4, stoppedBy: { name: 'p95' } } });
    const merged = mergeRecords([first, second]);
    expect(merged).toMatchObject({ startedAtMs: 0, test: 1, options: { a: 1 } });
    expect(merged.end).toEqual({ foldedRows: 3, droppedTexts: 5, stoppedBy: { name: 'p95' } });
    expect(mergeRecords([read({}), read({})]).end).toEqual({});
  });

  it('have each host and address once, and thresholds of which one failed have failed', () => {
    const of = (failed: readonly (boolean | undefined)[], ...hosts: readonly string[]) =>
      read({
        start: { thresholds: failed.map((_, i) => ({ metric: `m${i}`, source: 'p(95)<1', abortOnFail: false })) },
        hosts: [...hosts.map((host) => ({ host })), { address: '10.0.0.7:443' }],
        end: {
          judged: failed.map((each, i) => ({ metric: `m${i}`, source: 'p(95)<1', ...present({ failed: each }) })),
          droppedHosts: hosts.length,
          ...present({ hostsUnknown: hosts.length > 1 ? (true as const) : undefined }),
        },
      });
    const [one, other] = [of([true, false, false, undefined], 'a', 'b'), of([false, false, undefined, true], 'b')];
    const merged = mergeRecords([one, other]);
    expect(merged).toMatchObject({ hosts: ['a', 'b'], addresses: ['10.0.0.7:443'], thresholds: one.thresholds });
    expect(merged.judged?.map(({ failed }) => failed)).toEqual([true, false, undefined, true]);
    expect(merged.end).toEqual({ droppedHosts: 2, hostsUnknown: true });
    expect(mergeRecords([one, of([true])])).not.toHaveProperty('judged');
    expect(mergeRecords([one, read({})])).not.toHaveProperty('judged');
    expect(mergeRecords([read({}), one])).not.toHaveProperty('judged');
  });

  it('are some', () => {
    expect(() => mergeRecords([])).toThrow('no record');
  });
});
