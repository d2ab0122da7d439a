import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftOf } from './drift.ts';

const MATTERS = { share: 0.05, absolute: 1 };

/** A value every 2 s. */
const series = (count: number, value: (atSeconds: number, i: number) => number) =>
  Array.from({ length: count }, (_, i) => ({ atSeconds: i * 2, value: value(i * 2, i) }));

/** Noise that is the same in every run, without a trend. */
const noise = (i: number, seed: number) => Math.sin((i + 1) * 12.9898 * (seed + 1)) * 10;

describe('a drift', () => {
  it('is claimed with its size, beside noise', () => {
    const drift = driftOf(
      series(300, (at, i) => 100 + at / 20 + noise(i, 1)),
      MATTERS,
    );
    expect(drift?.isClaimed).toBe(true);
    expect(drift?.perHour).toBeGreaterThan(170);
    expect(drift?.perHour).toBeLessThan(190);
    const [low = 0, high = 0] = drift?.intervalPerHour ?? [];
    expect([low < 180, high > 180, low > 0]).toEqual([true, true, true]);
  });

  it('is not claimed of noise alone, nearly ever', () => {
    const claimed = Array.from({ length: 200 }, (_, seed) =>
      driftOf(
        series(120, (_at, i) => 100 + noise(i, seed + 3)),
        MATTERS,
      ),
    );
    expect(claimed.filter((drift) => drift?.isClaimed).length).toBeLessThanOrEqual(4);
  });

  it.each<[string, (at: number, i: number) => number]>([
    ['what rises while it settles, and no more', (at) => (at < 100 ? 50 + at : 150)],
    ['what rises too little to matter', (at) => 100 + at / 1000],
    ['what stays as it is', () => 100],
    ['a saw that falls back again and again', (at) => 100 + (at % 60)],
  ])('is not claimed of %s', (_case, value) => {
    expect(driftOf(series(300, value), MATTERS)?.isClaimed).toBe(false);
  });

  it('is told of nothing with too few points', () => {
    expect(
      driftOf(
        series(9, (at) => at),
        MATTERS,
      ),
    ).toBeUndefined();
    expect(driftOf([], MATTERS)).toBeUndefined();
  });

  it('turns with its figures: the opposite series has the opposite drift', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 40, maxLength: 120 }), (values) => {
        const up = driftOf(
          series(values.length, (_at, i) => values[i] ?? 0),
          MATTERS,
        );
        const down = driftOf(
          series(values.length, (_at, i) => -(values[i] ?? 0)),
          MATTERS,
        );
        expect(down?.perHour).toBeCloseTo(-(up?.perHour ?? 0), 6);
        expect((up?.intervalPerHour[0] ?? 0) <= (up?.perHour ?? 0)).toBe(true);
        expect((up?.intervalPerHour[1] ?? 0) >= (up?.perHour ?? 0)).toBe(true);
      }),
    );
  });
});
