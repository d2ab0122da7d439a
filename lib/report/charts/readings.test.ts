import { expect, it } from 'vitest';
import type { LineChart } from '../../core/spec/document/chart.ts';
import { HOSTILE_TEXTS, SAMPLE_CHARTS, withChartText } from '../../testing/documents.ts';
import { readingList } from './reading-list.ts';
import { readingsOf } from './readings.ts';
import { scaleFor } from './scale.ts';

const chart = (points: LineChart['series'][number]['points'], x: Partial<LineChart['x']> = {}): LineChart => ({
  kind: 'lines',
  title: 'T',
  description: 'D',
  x: { title: 'Time', scale: 'linear', unit: 'seconds', ...x },
  y: { title: 'Latency', scale: 'log', unit: 'ms' },
  series: [
    { name: 'p50', role: '1', points },
    { name: 'p95', role: '2', points: points.map(([at, ms]) => [at, ms && ms * 10]) },
  ],
});
const readings = (of: LineChart) =>
  readingsOf(
    of,
    scaleFor(
      of.x,
      of.series.flatMap(({ points }) => points.map(([x]) => x)),
      true,
    ),
    { left: 50, width: 500 },
  );
const said = (of: LineChart) => readings(of).places.map(({ place, values }) => `${place}: ${values.join(', ')}`);

it('says the values of all lines at a place, with the time of day where the beginning is known', () => {
  const of = chart(
    [
      [0, 12],
      [10, undefined],
      [20, 1500],
    ],
    { startedAt: '2026-11-27T23:59:50.000Z' },
  );
  expect(readings(of)).toEqual({
    names: ['p50', 'p95'],
    places: [
      { x: 0, left: 50, place: '0s (23:59:50 UTC)', values: ['12 ms', '120 ms'] },
      { x: 10, left: 300, place: '10s (00:00:00 UTC)', values: ['–', '–'] },
      { x: 20, left: 550, place: '20s (00:00:10 UTC)', values: ['1.5 s', '15 s'] },
    ],
  });
});

it('says a percentile as one, and no time of day where none is known', () => {
  expect(said(chart([[0.95, 12]], { scale: 'percentile', unit: 'share' }))).toEqual(['p95: 12 ms, 120 ms']);
  expect(said(chart([[5, 12]]))).toEqual(['5s: 12 ms, 120 ms']);
});

it('counts what is crossed out, where lines have no value as well', () => {
  const of = { ...chart([[1, 12]]), crosses: { name: 'failed', points: [[2, 7]] } } as const; // biome-ignore format: one row
  expect(readings(of).names).toEqual(['p50', 'p95', 'failed']);
  const { places } = readingsOf(of, scaleFor(of.x, [1, 2], true), { left: 0, width: 100 });
  expect(places.map(({ values }) => values)).toEqual([
    ['12 ms', '120 ms', '–'],
    ['–', '–', '7'],
  ]);
});

it('of thousands of places, tells fifty, the last one among them', () => {
  const { places: told } = readings(chart(Array.from({ length: 3600 }, (_, i) => [i, 1 + i] as const)));
  expect(told.length).toBeLessThanOrEqual(51);
  expect(told.at(-1)?.x).toBe(3599);
});

it.each(Object.entries(HOSTILE_TEXTS))('is a list of texts alone with %s in every name', (_name, text) => {
  for (const each of SAMPLE_CHARTS) {
    const tags = new Set(readingList(withChartText(each, text)).match(/<\/?[^\s>]*/g) ?? []);
    expect([...tags].sort()).toEqual(each.kind === 'lines' ? ['</i', '</li', '</ol', '<i', '<li', '<ol'] : []);
  }
});

it('says nothing of what has no place or no number', () => {
  const wild = chart([
    [Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY],
    [2, undefined],
  ]);
  expect(said(wild)).toEqual(['1s: –, –', '2s: –, –']);
});
