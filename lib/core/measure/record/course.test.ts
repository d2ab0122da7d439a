import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type RawPeriod, type RawSample } from '../../../testing/record-lines.ts';
import type { Course, CourseLane, Watches } from './course.ts';
import { histogramOf } from './histogram.ts';
import { mergeHistograms } from './histogram-sum.ts';
import { type ReadOptions, readRecord } from './read-record.ts';

const WATCHES: Watches = {
  requests: {
    matches: ({ metric, tags }) => metric === 'http_req_duration' && tags.phase === 'load',
    cellOf: ({ tags }) => tags.status ?? '',
    rowOf: ({ tags }) => tags.endpoint,
    keepsHistogram: ({ tags }) => tags.status === '200',
  },
  counts: { matches: ({ metric }) => metric.startsWith('outcome_'), rowOf: ({ tags }) => tags.endpoint },
  users: { matches: ({ metric }) => metric === 'vus' },
  checks: { matches: ({ kind }) => kind === 'rate' },
};

function read(periods: readonly RawPeriod[], options: ReadOptions = {}) {
  const lines = linesOf({ periods }).map((line) => JSON.stringify(line));
  return readRecord(lines, { watches: WATCHES, ...options });
}

const request = (endpoint: string, status: string, value: number, phase = 'load'): RawSample => ({
  metric: 'http_req_duration',
  value,
  tags: { endpoint, status, phase },
});

const laneOf = ({ lanes }: Course, facts: Partial<CourseLane>): CourseLane => {
  const found = lanes.filter((lane) =>
    Object.entries(facts).every(([key, value]) => JSON.stringify(lane[key as 'row']) === JSON.stringify(value)),
  );
  expect(found).toHaveLength(1);
  return found[0] ?? expect.fail();
};

const everySecond = (count: number, samplesAt: (second: number) => readonly RawSample[]): RawPeriod[] =>
  Array.from({ length: count }, (_, i) => ({ fromMs: i * 1000, toMs: (i + 1) * 1000, samples: samplesAt(i) }));

describe('a run over time', () => {
  const { overTime, rowsOverTime } = read([
    {
      fromMs: 0,
      toMs: 1000,
      samples: [
        request('list', '200', 10),
        request('get', '200', 20),
        request('list', '200', 99, 'warm-up'),
        { metric: 'vus', kind: 'gauge', value: 4 },
        { metric: 'vus', kind: 'gauge', value: 3 },
        { metric: 'outcome_reset', kind: 'counter', value: 2, tags: { endpoint: 'list' } },
        { metric: 'outcome_timeout', kind: 'counter', value: 1, tags: { more: 'true' } },
        { metric: 'checks', kind: 'rate', value: 0 },
      ],
    },
    { fromMs: 1000, toMs: 2000, samples: [request('list', '500', 1), request('list', '500', 3)] },
  ]);

  it('has the slots that the record has periods', () => {
    const slots = [
      { fromMs: 0, toMs: 1000 },
      { fromMs: 1000, toMs: 2000 },
    ];
    expect(overTime.slots).toEqual(slots);
    expect(rowsOverTime.slots).toEqual(slots);
  });

  it('counts all rows together, cell by cell', () => {
    const lane = laneOf(overTime, { watch: 'requests', cell: '200' });
    expect(lane).toMatchObject({ metric: 'http_req_duration', kind: 'trend', hasHistogram: true });
    expect(lane).not.toHaveProperty('row');
    expect(lane.at(0)).toMatchObject({ count: 2, sum: 30, min: 10, max: 20, histogram: { count: 2 }, beyond: [] });
    expect(lane.at(1)).toBeUndefined();
    expect(laneOf(overTime, { watch: 'requests', cell: '500' }).at(1)).toEqual({
      count: 2,
      sum: 4,
      min: 1,
      max: 3,
    });
  });

  it('counts each row by itself', () => {
    const rows = rowsOverTime.lanes.map(({ watch, row, cell }) => `${watch} ${row} ${cell}`);
    expect(rows).toEqual(['requests list 200', 'requests get 200', 'counts list ', 'requests list 500']);
    expect(laneOf(rowsOverTime, { row: 'get' }).at(0)).toMatchObject({ count: 1, min: 20, histogram: { count: 1 } });
  });

  it('has what no row has beside them, and no two metrics together', () => {
    expect(laneOf(overTime, { metric: 'outcome_reset' }).at(0)).toEqual({ sum: 2, count: 1 });
    expect(laneOf(overTime, { metric: 'outcome_timeout' }).at(0)).toEqual({ sum: 1, count: 1 });
    expect(laneOf(overTime, { watch: 'users' }).at(0)).toEqual({ last: 3, min: 3, max: 4 });
    expect(laneOf(overTime, { watch: 'checks' }).at(0)).toEqual({ trues: 0, total: 1 });
  });
});

describe('a long run', () => {
  it('is folded into half as many slots as soon as there are more than twice as many as asked for', () => {
    const slots = (seconds: number) =>
      read(
        everySecond(seconds, () => []),
        { mostSlots: 10 },
      ).overTime.slots;
    expect([10, 11, 20, 21, 40, 41, 1000].map((seconds) => slots(seconds).length)).toEqual([10, 6, 10, 6, 10, 6, 8]);
    expect(slots(21)[1]).toEqual({ fromMs: 4000, toMs: 8000 });
  });

  it('has slots that are about equally long where periods get longer', () => {
    const lengths = [...Array(60).fill(1000), ...Array(60).fill(2003), ...Array(60).fill(3996), 40] as number[];
    let atMs = 0;
    const periods = lengths.map((length) => {
      const fromMs = atMs;
      atMs += length;
      return { fromMs, toMs: atMs, samples: [] };
    });
    const { slots } = read(periods, { mostSlots: 60 }).overTime;
    const seconds = slots.slice(0, -1).map(({ fromMs, toMs }) => Math.round((toMs - fromMs) / 1000));
    expect([Math.min(...seconds), Math.max(...seconds)]).toEqual([8, 8]);
    expect(slots.at(-1)?.toMs).toBe(atMs);
  });

  const second = fc.array(
    fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('200', '500'), fc.integer({ min: 1, max: 5000 })),
    { maxLength: 3 },
  );

  it('loses no sample, and none comes into another slot, whatever is folded', () => {
    fc.assert(
      fc.property(
        fc.array(second, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (seconds, most) => {
          const samplesAt = (at: number) => [
            ...(seconds[at] ?? []).map(([endpoint, status, ms]) => request(endpoint, status, ms)),
            { metric: 'vus', kind: 'gauge', value: at } as const,
          ];
          const { overTime, rowsOverTime } = read(everySecond(seconds.length, samplesAt), {
            mostSlots: most,
            mostSlotsOfRow: most,
          });
          expect(overTime.slots.length).toBeLessThanOrEqual(most);
          expect(rowsOverTime.slots).toEqual(overTime.slots);
          for (const course of [overTime, rowsOverTime])
            for (const lane of course.lanes)
              for (const [i, { fromMs, toMs }] of course.slots.entries()) {
                const [from, to] = [fromMs / 1000, toMs / 1000];
                if (lane.kind === 'gauge') expect(lane.at(i)).toEqual({ last: to - 1, min: from, max: to - 1 });
                else expectSamples(lane, i, seconds.slice(from, to).flat());
              }
        },
      ),
    );
  });

  function expectSamples(lane: CourseLane, slot: number, all: readonly (readonly [string, string, number])[]): void {
    const own = all.filter(
      ([endpoint, status]) => status === lane.cell && (lane.row === undefined || lane.row === endpoint),
    );
    const values = own.map(([, , ms]) => ms);
    const found = lane.at(slot);
    if (values.length === 0) {
      expect(found).toBeUndefined();
      return;
    }
    const figures = {
      count: values.length,
      sum: values.reduce((sum, ms) => sum + ms, 0),
      min: Math.min(...values),
      max: Math.max(...values),
    };
    expect(found).toMatchObject(figures);
    const hasHistogram = lane.kind === 'trend' && lane.hasHistogram;
    expect(hasHistogram).toBe(lane.cell === '200');
    if (lane.kind === 'trend' && lane.hasHistogram) expect(lane.at(slot)?.histogram).toEqual(histogramFrom(values));
  }
});

function histogramFrom(values: readonly number[]) {
  const samples = values.map((value) => ({ metric: 'a', value }));
  const lines = linesOf({ periods: [{ fromMs: 0, toMs: 1, samples }] });
  const [series] = readRecord(lines.map((line) => JSON.stringify(line))).series;
  return series?.kind === 'trend' ? series.trend.histogram : mergeHistograms([histogramOf([], [])]);
}
