import { describe, expect, it } from 'vitest';
import { watchLateness } from '../lateness.ts';
import { limitFlags, runStudy, shortLimit } from '../study-project.ts';

/** One quick case of each question, against a backend whose answer is known. `npm run test:types:long` asks at length. */
describe('a service is asked', () => {
  it('at what rate it breaks', async () => {
    const lateness = watchLateness();
    const { study, exitCode } = await runStudy(
      'breakpoint',
      {
        study: 'k6.breakpoint()',
        plan: '{ arrivals: k6.steppedArrivals({ from: 50, to: 170, steps: 12, stepSeconds: 1.5 }) }',
        endpoints: '[service.projects]',
      },
      { args: ['--capacity', '100'] },
    );
    // What the machine was late with in one step of 1.5 s it did in the next.
    const shifted = 100 * (lateness.end().mostMs / 1500);
    expect(study.sustainedPerSecond).toBeGreaterThan(85 - shifted);
    expect(study.sustainedPerSecond).toBeLessThan(115 + shifted);
    expect(study.broke?.by).not.toContain('errors');
    expect(study.mostOkPerSecond).toBeGreaterThan(95 - shifted);
    expect(study.mostOkPerSecond).toBeLessThan(102 + shifted);
    expect(exitCode).toBe((study.sustainedPerSecond ?? 0) >= 100 ? 0 : 99);
  });

  it('whether the generator, and not it, was at its limit', async () => {
    const { study, summary, exitCode } = await runStudy(
      'breakpoint',
      {
        study: 'k6.breakpoint()',
        plan: '{ arrivals: k6.steppedArrivals({ from: 5, to: 60, steps: 5, stepSeconds: 1 }) }',
        endpoints: '[service.projects]',
      },
      { args: ['--delay-ms', '200'] },
      { VUS: '3' },
    );
    expect(study.invalid).toMatch(/^the generator, and not the service/);
    expect(study.broke).toBeUndefined();
    expect([summary.verdict, exitCode]).toEqual(['invalid_load', 99]);
  });

  it('whether a pool is exhausted, and fails fast', async () => {
    const { study } = await runStudy(
      'pool',
      {
        study: 'k6.pool()',
        plan: '{ users: k6.steppedUsers({ from: 1, to: 12, steps: 8, stepSeconds: 1.5 }) }',
        endpoints: '[service.projects]',
      },
      { args: ['--pool-size', '6', '--pool-hold-ms', '200', '--pool-when-full', 'fail'] },
    );
    expect(study.slots).toBe(6);
    expect(study.freeUsers).toBeLessThanOrEqual(6);
    expect(study.exhaustedUsers).toBeGreaterThan(6);
    expect(study.excess).toBe('refused');
  });

  it('whether it comes back after overload', async () => {
    const { study, exitCode } = await runStudy(
      'recovery',
      {
        study: 'k6.recovery({ probesPerSecond: 10, watchSeconds: 8 })',
        plan: `{ overload: k6.rampingArrivals({ stages: [
          { ratePerSecond: 0, durationSeconds: 5 }, { ratePerSecond: 130, durationSeconds: 0 }, { ratePerSecond: 130, durationSeconds: 4 } ] }) }`,
        endpoints: '[service.projects]',
      },
      { args: ['--capacity', '100'] },
    );
    // (130 + 10 - 100) × 4 requests are left over, and 100 - 10 of them go in a second.
    expect(study.recoveredAfterSeconds).toBeGreaterThan(0);
    expect(study.recoveredAfterSeconds).toBeLessThan(1.8 + 2);
    expect(exitCode).toBe(0);
  });

  it('whether its limit is what is declared, and can be got around', async () => {
    const { study, exitCode, output } = await runStudy('rate-limit', shortLimit(12, 3), {
      args: [...limitFlags(12, 3), '--limit-bypass', 'x-real-ip'],
    });
    expect(study.met).toMatchObject({ requests: 12, windowSeconds: 3, algorithm: 'sliding-window' });
    expect(study.mostInWindow).toBe(12);
    expect(study.bypasses.filter(({ state }) => state === 'open').map(({ way }) => way)).toEqual(['x-real-ip']);
    expect(study.isolation?.refused).toBe(0);
    expect(exitCode).toBe(99);
    expect(output).toContain('It can be bypassed by x-real-ip.');
  });

  it('how many sockets it holds', async () => {
    const { study, truth, summary } = await runStudy(
      'websocket',
      {
        study: 'k6.websocket({ openingSeconds: 2, heartbeatSeconds: 0.5 })',
        plan: '{ sockets: k6.scripted({ users: 60, durationSeconds: 5 }) }',
        endpoints: '[service.echoSocket]',
      },
      { args: ['--socket-cap', '40'] },
    );
    expect(study).toMatchObject({ started: 60, mostHeld: 40, heldToTheEnd: 40, refused: 20, dropped: 0, cap: 40 });
    expect(study.refusals).toEqual({ 'status 503': 20 });
    expect(truth.sockets).toMatchObject({ most: 40, opened: 40, refused: 20 });
    expect(summary.totals.outcomes).toEqual({ ok: 40, unexpected_status: 20 });
  });

  it('whether it slows down', async () => {
    const lateness = watchLateness();
    const { study, exitCode } = await runStudy(
      'soak',
      {
        study: 'k6.soak()',
        plan: '{ arrivals: k6.constantArrivals({ ratePerSecond: 120, durationSeconds: 20 }) }',
        endpoints: '[service.projects]',
      },
      { profile: 'leaking' },
    );
    const p95 = study.drifts.find(({ figure }) => figure === 'p95');
    expect(p95?.isClaimed).toBe(true);
    // 0.05 ms more with each of 120 requests a second; what the machine was late with tilts a line over 20 s so much.
    const tilt = lateness.end().mostMs / 20;
    expect(Math.abs((p95?.perHour ?? 0) / 3600 - 6)).toBeLessThan(1 + tilt);
    expect(exitCode).toBe(99);
  });

  it('how fast it is for one user', async () => {
    const { study, exitCode } = await runStudy(
      'sequential',
      {
        study: 'k6.sequential()',
        plan: '{ user: k6.fixedWork({ users: 1, requestsPerEndpoint: 10 }) }',
        endpoints: '[service.projects, service.systemDisk]',
      },
      { args: ['--delay-ms', 'projects=50'] },
    );
    expect(study.endpoints.map(({ endpoint, replies }) => [endpoint, replies])).toEqual([
      ['projects', 10],
      ['system-disk', 10],
    ]);
    expect(study.endpoints[0]?.p50Ms).toBeGreaterThanOrEqual(50);
    expect(study.endpoints[1]?.p50Ms).toBeLessThan(50);
    expect(exitCode).toBe(0);
  });
});
