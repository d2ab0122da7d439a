import { describe, expect, it } from 'vitest';
import type { BypassWay } from '../../core/questions/rate-limit/limit-event.ts';
import { LIMIT_BYPASSES, type LimitBypass } from '../../reference/backend/limit-bypass.ts';
import { limitFlags, runStudy, type StudyRun, shortLimit } from '../study-project.ts';

const [REQUESTS, WINDOW] = [12, 3];
const timeout = 90_000;

const ask = (...args: string[]): Promise<StudyRun<'rate-limit'>> =>
  runStudy('rate-limit', shortLimit(REQUESTS, WINDOW), { args });
const openWays = ({ study }: StudyRun<'rate-limit'>) =>
  study.bypasses.filter(({ state }) => state === 'open').map(({ way }) => way);

describe('the limit that is met', () => {
  it('is the declared one, to the request, with no way around it', { timeout }, async () => {
    const run = await ask(...limitFlags(REQUESTS, WINDOW));
    expect(run.study).toMatchObject({
      met: { requests: REQUESTS, windowSeconds: WINDOW, algorithm: 'sliding-window' },
      unexplained: 0,
      mostInWindow: REQUESTS,
      beyondLimit: 0,
      isolation: { refused: 0 },
      retryAfter: { early: 0, missing: 0, isKept: true },
    });
    expect(openWays(run)).toEqual([]);
    expect(run.study.bypasses.map(({ state }) => state)).toEqual(run.study.bypasses.map(() => 'closed'));
    expect(run.exitCode).toBe(0);
    // What the first client was told is what the server told: its own requests and those of the attempts aside.
    const { delivered } = run.truth.endpoints['system-stats'];
    expect(run.study.accepted + 10).toBe(delivered['200']);
    expect(run.study.isolation?.requests).toBeGreaterThan(2);
  });

  it.each([1, 2])('is a fixed window, whenever it begins (%i)', { timeout }, async () => {
    const run = await ask(...limitFlags(REQUESTS, WINDOW), '--limit-algorithm', 'fixed-window');
    expect(run.study.met).toMatchObject({ requests: REQUESTS, windowSeconds: WINDOW, algorithm: 'fixed-window' });
    expect(run.study.mostInWindow).toBeGreaterThan(REQUESTS);
    expect(run.study.mostInWindow).toBeLessThanOrEqual(2 * REQUESTS);
    expect(run.study.retryAfter.early).toBe(0);
    expect(openWays(run)).toEqual([]);
    expect(run.exitCode).toBe(99);
  });

  it.each([1, 2, 3])(
    'is a fixed window where one is declared, and nothing is wrong with it (%i)',
    { timeout },
    async () => {
      const { study, summary, exitCode } = await runStudy('rate-limit', shortLimit(REQUESTS, WINDOW, 'fixed-window'), {
        args: [...limitFlags(REQUESTS, WINDOW), '--limit-algorithm', 'fixed-window'],
      });
      expect(study.met).toMatchObject({ requests: REQUESTS, algorithm: 'fixed-window' });
      expect(study).toMatchObject({ beyondLimit: 0, isolation: { refused: 0 } });
      expect([summary.verdict, exitCode]).toEqual(['pass', 0]);
    },
  );

  it.each([6, 18])('is %i requests where 12 are declared', { timeout }, async (requests) => {
    const { study, exitCode, report } = await ask(...limitFlags(requests, WINDOW));
    expect(study.met).toMatchObject({ requests, algorithm: 'sliding-window' });
    expect(study.mostInWindow).toBe(requests);
    expect(report.problems.map(({ id }) => id)).toContain(
      requests > REQUESTS ? 'rate-limit-exceeded' : 'rate-limit-stricter',
    );
    expect(exitCode).toBe(requests > REQUESTS ? 99 : 0);
  });

  it('is none where nothing is refused', { timeout }, async () => {
    const { study, exitCode, summary } = await ask('--no-rate-limits');
    expect(study.met).toBeUndefined();
    expect(study.limited).toBe(0);
    expect(study.beyondLimit).toBeGreaterThan(REQUESTS);
    expect([summary.verdict, exitCode]).toEqual(['fail', 99]);
  });
});

/** A limiter that takes each connection for a client has no limit for whoever opens a new one. */
const FOUND_AS: Readonly<Partial<Record<LimitBypass, BypassWay>>> = { connection: 'fresh-connection' };

describe('bypasses of the limit', () => {
  it.each(LIMIT_BYPASSES)('%s is found where it is open, and nothing else is', { timeout }, async (planted) => {
    const run = await ask(...limitFlags(REQUESTS, WINDOW), '--limit-bypass', planted);
    expect(openWays(run)).toEqual([FOUND_AS[planted] ?? planted]);
    expect(run.exitCode).toBe(99);
  });

  it('several are all found', { timeout }, async () => {
    const planted = ['x-forwarded-for', 'trailing-slash', 'head'] as const;
    const run = await ask(...limitFlags(REQUESTS, WINDOW), ...planted.flatMap((way) => ['--limit-bypass', way]));
    expect(openWays(run)).toEqual(planted);
  });
});
