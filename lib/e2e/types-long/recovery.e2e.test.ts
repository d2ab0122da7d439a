import { describe, expect, it } from 'vitest';
import { runStudy } from '../study-project.ts';

const timeout = 180_000;
const PROBES = 10;

/** Quiet for 6 s, then so many requests per second. */
const recoverySource = (rate: number, seconds: number, watchSeconds: number) => ({
  study: `k6.recovery({ probesPerSecond: ${PROBES}, watchSeconds: ${watchSeconds} })`,
  plan: `{ overload: k6.rampingArrivals({ expectedLatencyMs: 10000, stages: [
    { ratePerSecond: 0, durationSeconds: 6 }, { ratePerSecond: ${rate}, durationSeconds: 0 }, { ratePerSecond: ${rate}, durationSeconds: ${seconds} } ] }) }`,
  endpoints: '[service.projects, service.systemDisk]',
});

describe('the time that a service needs to come back', () => {
  it.each([
    { capacity: 100, rate: 140, seconds: 6 },
    { capacity: 60, rate: 120, seconds: 5 },
    { capacity: 80, rate: 110, seconds: 10 },
  ])(
    'is what its queue takes, to within 2 s: $rate/s for $seconds s on $capacity/s',
    { timeout },
    async ({ capacity, rate, seconds }) => {
      const { study, summary, exitCode } = await runStudy('recovery', recoverySource(rate, seconds, 15), {
        args: ['--capacity', String(capacity)],
      });
      expect(summary.load.iterations.dropped).toBe(0);
      const left = (rate + PROBES - capacity) * seconds;
      const truth = left / (capacity - PROBES);
      expect(Math.abs((study.recoveredAfterSeconds ?? Number.POSITIVE_INFINITY) - truth)).toBeLessThan(2);
      expect(study.probes).toMatchObject({ badBefore: 0 });
      expect(exitCode).toBe(0);
    },
  );

  it('is never, for one that crashed', { timeout }, async () => {
    const { study, summary, exitCode, report } = await runStudy('recovery', recoverySource(120, 4, 6), {
      args: ['--close-after', '300'],
    });
    expect(study.recoveredAfterSeconds).toBeUndefined();
    expect(study.endpoints.every(({ isBroken }) => isBroken)).toBe(true);
    expect([summary.verdict, exitCode]).toEqual(['fail', 99]);
    expect(report.problems[0]).toMatchObject({ id: 'no-recovery', severity: 'critical' });
  });

  it('is no answer where the overload is slowed no probe', { timeout }, async () => {
    const { study, summary } = await runStudy('recovery', recoverySource(40, 4, 6), { profile: 'healthy' });
    expect(study.invalid).toMatch(/slowed no probe/);
    expect(summary.verdict).toBe('invalid_load');
  });
});
