import { describe, expect, it } from 'vitest';
import type { Axis } from '../../core/spec/document/chart.ts';
import { axisTitle, scaleFor } from './scale.ts';

const axis = (scale: Axis['scale'], unit: Axis['unit']): Axis => ({ title: 'Latency', scale, unit });
const labels = (scale: Axis['scale'], unit: Axis['unit'], values: number[], isTight = false) =>
  scaleFor(axis(scale, unit), values, isTight).ticks.map(({ label }) => label);

describe('a percentile axis', () => {
  it('spreads the tail: each further nine is as far as the one before', () => {
    const scale = scaleFor(axis('percentile', 'share'), [0, 0.5, 0.9, 0.99, 0.999]);
    expect([0.9, 0.99, 0.999].map((q) => Number(scale.position(q)?.toFixed(9)))).toEqual([1, 2, 3]);
    expect(scale.position(0)).toBeCloseTo(0);
  });

  it('names the percentiles up to the last one measured, and the greatest value', () => {
    expect(labels('percentile', 'share', [0, 0.5, 0.999, 1])).toEqual([
      'min',
      'p50',
      'p90',
      'p95',
      'p99',
      'p99.9',
      'max',
    ]);
    expect(labels('percentile', 'share', [0.5, 0.95])).toEqual(['min', 'p50', 'p90', 'p95']);
  });

  it('has a place for the greatest value, which is infinitely far', () => {
    const scale = scaleFor(axis('percentile', 'share'), [0.5, 0.999, 1]);
    expect(scale.position(1)).toBe(scale.max);
    expect(scale.max).toBeGreaterThan(scale.position(0.999) ?? Number.NaN);
  });
});

describe('a logarithmic axis', () => {
  it('has every power of ten over a wide range, and steps between over a narrow one', () => {
    expect(labels('log', 'ms', [3, 40_000])).toEqual(['10', '100', '1,000', '10,000']);
    expect(labels('log', 'ms', [60, 480])).toEqual(['50', '100', '200', '500']);
  });

  it('spans a decade at least', () => {
    const { min, max } = scaleFor(axis('log', 'ms'), [100, 100]);
    expect([min, max]).toEqual([2, 3]);
  });

  it('has no place for 0 and below', () => {
    const scale = scaleFor(axis('log', 'ms'), [0, -1, 10]);
    expect([0, -1, 10].map(scale.position)).toEqual([undefined, undefined, 1]);
    expect(scale.min).toBe(1);
  });
});

describe('a linear axis', () => {
  it('begins at 0 and ends at a round number', () => {
    expect(labels('linear', 'count', [3, 87])).toEqual(['0', '20', '40', '60', '80', '100']);
    expect(labels('linear', 'share', [0.07])).toEqual(['0', '2', '4', '6', '8']);
  });

  it('of time ends where the run ends, and counts in minutes where seconds would be too many', () => {
    expect(labels('linear', 'seconds', [0, 59], true)).toEqual(['0s', '15s', '30s', '45s']);
    expect(labels('linear', 'seconds', [0, 7200], true)).toEqual(['0s', '30m', '1h', '1h30m', '2h']);
    expect(scaleFor(axis('linear', 'seconds'), [0, 59], true).max).toBe(59);
  });

  it('counts whole things', () => {
    expect(labels('linear', 'count', [1, 2])).toEqual(['0', '1', '2']);
  });
});

it.each(['linear', 'log', 'percentile'] as const)(
  'a %s axis without values, with one, and with wild ones is drawn',
  (kind) => {
    for (const values of [[], [0], [5], [0.5], [Number.NaN, Number.POSITIVE_INFINITY], [-3, -2], [1e-9, 1e12]]) {
      for (const isTight of [true, false]) {
        const { min, max, ticks } = scaleFor(axis(kind, 'ms'), values, isTight);
        expect(max).toBeGreaterThan(min);
        expect(ticks.length).toBeLessThan(20);
        expect([min, max].every(Number.isFinite)).toBe(true);
      }
    }
  },
);

it('the title of an axis has its unit', () => {
  expect(axisTitle(axis('log', 'ms'))).toBe('Latency (ms, log scale)');
  expect(axisTitle({ title: 'Latency in ms', scale: 'log', unit: 'ms' })).toBe('Latency in ms (log scale)');
  expect(axisTitle({ title: 'Not ok', scale: 'linear', unit: 'share' })).toBe('Not ok (%)');
  expect(axisTitle({ title: 'Responses', scale: 'percentile', unit: 'share' })).toBe('Responses');
});
