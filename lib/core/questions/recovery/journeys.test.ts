import { describe, expect, it } from 'vitest';
import { type RecoveryPlan, studyRecovery } from './answer.ts';
import { contradictions } from './contradictions.ts';
import type { Probe, RecoveryEvent } from './probe.ts';
import { section } from './section.ts';

const plan: RecoveryPlan = {
  kind: 'recovery',
  overload: { fromSeconds: 10, toSeconds: 20 },
  endSeconds: 50,
  probesPerSecond: 10,
  areJourneys: true,
};

type Kind = 'good' | 'slow' | 'refused' | 'wrong' | 'thrown' | 'hung';

const REQUESTS = 12;

/** Ten journeys a second of twelve requests each, a tenth of a second apart: the last is as said, and the others are good. */
function gone(kindAt: (begunAt: number) => Kind, seconds = 50): RecoveryEvent[] {
  return Array.from({ length: 10 * seconds }, (_, i): RecoveryEvent[] => {
    const begunAtSeconds = i / 10;
    const journey = `1-${i}`;
    const kind = kindAt(begunAtSeconds);
    const requests = Array.from({ length: REQUESTS }, (_, at): Probe => {
      const isLast = at === REQUESTS - 1;
      return {
        endpoint: `e${at}`,
        sentAtSeconds: begunAtSeconds + at / 10,
        ms: isLast && kind === 'slow' ? 900 : 10,
        outcome: isLast && kind === 'refused' ? 'server_error' : 'ok',
      };
    });
    const isStopped = kind === 'refused' || kind === 'wrong';
    const end = { journey, requests, isCompleted: kind === 'good' || kind === 'slow' };
    return [
      { journey, begunAtSeconds },
      ...(kind === 'hung' ? [] : [isStopped ? { ...end, stoppedAt: `e${REQUESTS - 1}` } : end]),
    ];
  }).flat();
}

const within = (from: number, to: number, kind: Kind) => (at: number) => (at >= from && at < to ? kind : 'good');

describe('a service that is probed by journeys', () => {
  it.each<[Kind, number]>([
    ['slow', 5.1],
    ['refused', 5.1],
    ['wrong', 5.1],
    ['thrown', 4],
    ['hung', 4],
  ])('has come back when none is %s, be it one request of twelve', (kind, seconds) => {
    const study = studyRecovery(plan, gone(within(12, 24, kind)));
    expect(study.invalid).toBeUndefined();
    // By when the bad requests were sent, where that is known. A row of probes may begin with bad ones.
    expect(study.recoveredAfterSeconds).toBeLessThanOrEqual(seconds);
    expect(study.recoveredAfterSeconds).toBeGreaterThan(seconds - 0.5);
    expect(study.probes).toMatchObject({ planned: 500, answered: 500, badBefore: 0 });
    expect(study.probes.badDuring + study.probes.badAfter).toBe(120);
    expect(contradictions(study)).toEqual([]);
  });

  it('has not come back while each of them fails at its last request', () => {
    const study = studyRecovery(plan, gone(within(12, 60, 'refused')));
    expect(study.recoveredAfterSeconds).toBeUndefined();
    expect(study.endpoints.filter(({ isBroken }) => isBroken)).toMatchObject([{ endpoint: 'e11' }]);
  });

  it('is told how many were completed, and what they sent', () => {
    const study = studyRecovery(plan, gone(within(12, 24, 'wrong')));
    expect(study.journeys).toEqual({ completed: 380, requests: 6000 });
    expect(JSON.stringify(section(study, ''))).toContain(
      'Each probe is a journey: 500 were begun, 380 completed; they sent 6,000 requests',
    );
  });

  it('is not judged by journeys that the generator did not begin', () => {
    const { invalid } = studyRecovery(plan, gone(within(12, 24, 'slow'), 45));
    expect(invalid).toMatch(/^450 of 500 probes were sent: the generator/);
  });

  it('cannot have had more journeys completed than were begun', () => {
    const study = studyRecovery(plan, gone(within(12, 24, 'slow')));
    expect(contradictions({ ...study, journeys: { completed: 501, requests: 6000 } })).toMatchObject([
      { member: 'study.journeys.completed' },
    ]);
  });
});
