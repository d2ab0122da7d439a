import { describe, expect, it } from 'vitest';
import { whetherHolds } from '../../judge/holds.ts';
import type { ServerSample } from '../../measure/server-sample.ts';
import type { Timeline } from '../../measure/timeline.ts';
import { type DriftRow, type SoakStudy, studySoak } from './answer.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { problems } from './problems.ts';

const MEBIBYTE = 1024 ** 2;
const holdsOf = (study: SoakStudy, metric: keyof typeof METRICS, limit: number) => {
  const { actual, between } = METRICS[metric].measure(study, limit);
  return whetherHolds(between ?? (actual === undefined ? {} : { low: actual, high: actual }), '<=', limit);
};
const of = (seconds: number, ...drifts: DriftRow[]): SoakStudy => ({
  kind: 'soak',
  seconds,
  drifts,
  missing: [],
  server: [],
});
const memory = (low: number, high: number, changes: Partial<DriftRow> = {}): DriftRow => ({
  figure: 'memory',
  unit: 'bytes',
  level: 100 * MEBIBYTE,
  perHour: ((low + high) / 2) * MEBIBYTE,
  intervalPerHour: [low * MEBIBYTE, high * MEBIBYTE],
  points: 24,
  isClaimed: false,
  ...changes,
});

describe('growth is judged by its interval', () => {
  it.each<[string, SoakStudy, boolean | undefined]>([
    ['within the limit to its upper end', of(4 * 3600, memory(-3, 4)), true],
    ['reaching beyond the limit', of(40, memory(-172, 295)), undefined],
    ['beyond it from its lower end on', of(4 * 3600, memory(8, 12, { isClaimed: true })), false],
    ['rising at first and no more', of(4 * 3600, memory(8, 12, { last: 1, isSettling: true })), undefined],
    ['shrinking for sure', of(4 * 3600, memory(-12, -8, { isClaimed: true })), true],
    ['of a figure that did not move, in a time too short for it to move', of(40, memory(0, 0)), undefined],
  ])('%s', (_case, study, holds) => {
    expect(holdsOf(study, 'memoryDriftPerHour', 0.05)).toBe(holds);
  });

  it('and what was not told has no number, but what would tell', () => {
    const figure = METRICS.memoryDriftPerHour.measure(of(40, memory(-172, 295)), 0.05);
    expect(figure).not.toHaveProperty('actual');
    expect(figure.seen).toBe('−280 % to 400 %');
    expect(figure.toTell).toBe('40s is too short to show it; about 1h is needed (DURATION)');
  });

  it('what was seen comes before what is made of it', () => {
    const rising = memory(11_000, 12_000, { isClaimed: true, last: 258 * MEBIBYTE, overSeconds: 34 });
    expect(METRICS.memoryDriftPerHour.measure(of(40, rising), 0.05).seen).toBe(
      '100.0 MiB to 258.0 MiB within 34s, about 12,000 % per hour'.replaceAll('.0', ''),
    );
    expect(headline(of(40, rising))).toBe(
      'memory rose from 100 MiB to 258 MiB within 34s (about 12,000 MiB per hour), over 40s of constant load.',
    );
    expect(problems(of(40, rising))[0]?.summary).toBe(
      'memory rose from 100 MiB to 258 MiB within 34s: about 12,000 MiB per hour.',
    );
  });

  it('a limit of nothing can never be shown', () => {
    expect(METRICS.memoryDriftPerHour.measure(of(4 * 3600, memory(-3, 4)), 0).toTell).toMatch(/limit above 0/);
  });
});

describe('figures of a run', () => {
  const startedAt = '2026-11-24T10:00:00.000Z';
  const run = (seconds: number, failed: (at: number) => number, connections: (at: number) => number): SoakStudy => {
    const periods = Array.from({ length: seconds / 10 }, (_, i) => (i + 1) * 10);
    const timeline: Timeline = {
      periodSeconds: 10,
      points: periods.map((at) => ({
        atSeconds: at,
        requests: 500,
        requestsPerSecond: 50,
        outcomes: { ok: 500 - failed(at), server_error: failed(at) },
        okMs: { p50: 10, p95: 20, p99: 30 },
      })),
    } as unknown as Timeline;
    const samples = periods.map(
      (at): ServerSample => ({
        at: new Date(Date.parse(startedAt) + at * 1000).toISOString(),
        openConnections: connections(at),
      }),
    );
    return studySoak(timeline, samples, { loadStartedAt: startedAt, seconds, hasServerMetrics: true });
  };

  it('rare failures that become more are seen, though most periods have none', () => {
    // From none to one in 100 requests within four hours.
    const rising = run(
      4 * 3600,
      (at) => (at % 30 === 0 ? Math.round((15 * at) / (4 * 3600)) : 0),
      () => 50,
    );
    expect(holdsOf(rising, 'failureDriftPerHour', 0.001)).toBe(false);
    expect(holdsOf(rising, 'failureDriftPerHour', 0.01)).toBe(true);
  });

  it('what is whole may grow by less than one without being seen', () => {
    const flat = run(
      300,
      () => 0,
      () => 50,
    );
    expect(holdsOf(flat, 'connectionDriftPerHour', 0.05)).toBeUndefined();
    expect(holdsOf(flat, 'failureDriftPerHour', 0.01)).toBeUndefined();
    const long = run(
      4 * 3600,
      () => 0,
      () => 50,
    );
    expect(holdsOf(long, 'connectionDriftPerHour', 0.05)).toBe(true);
    expect(holdsOf(long, 'failureDriftPerHour', 0.01)).toBe(true);
  });

  it('of too short a time are none, and the answer says so in a whole sentence', () => {
    const short = run(
      50,
      () => 0,
      () => 50,
    );
    expect(short.drifts).toEqual([]);
    expect(headline(short)).toBe('No drift can be measured over 50s: there are too few values.');
    expect(METRICS.p95DriftPerHour.measure(short, 0.05)).toEqual({
      samples: 0,
      seen: 'no p95 over time',
      toTell: 'only 5 values, which is too few for a drift',
    });
  });

  it('say what may be hidden where none was seen', () => {
    expect(headline(of(40, memory(-172, 295)))).toBe(
      'No drift was seen over 40s. Possible drift per hour: memory −280 MiB to 400 MiB.',
    );
  });
});
