import { describe, expect, it } from 'vitest';
import { type Probe, type RecoveryPlan, studyRecovery } from './answer.ts';

const plan: RecoveryPlan = {
  kind: 'recovery',
  overload: { fromSeconds: 10, toSeconds: 20 },
  endSeconds: 50,
  probesPerSecond: 10,
};

/** Ten probes a second, as long and as good as said. */
const probes = (ms: (at: number) => number, outcome: (at: number) => Probe['outcome'] = () => 'ok'): Probe[] =>
  Array.from({ length: 500 }, (_, i) => {
    const at = i / 10;
    return { endpoint: i % 2 === 0 ? 'a' : 'b', sentAtSeconds: at, ms: ms(at), outcome: outcome(at) };
  });

const overloaded = (at: number, back: number) => at >= 10.5 && at < back;

describe('a service comes back', () => {
  it.each([20, 23.5, 40])('at the first probe from which on all is as before: %d s', (back) => {
    const { recoveredAfterSeconds, invalid } = studyRecovery(
      plan,
      probes((at) => (overloaded(at, back) ? 900 : 10)),
    );
    expect(invalid).toBeUndefined();
    expect(recoveredAfterSeconds).toBeCloseTo(back - 20, 6);
  });

  it('by its failures as well as by its latency', () => {
    const study = studyRecovery(
      plan,
      probes(
        () => 10,
        (at) => (overloaded(at, 28) ? 'server_error' : 'ok'),
      ),
    );
    expect(study.recoveredAfterSeconds).toBeCloseTo(8, 6);
  });

  it('in spite of a single bad probe here and there, and not before a relapse', () => {
    const once = studyRecovery(
      plan,
      probes((at) => (overloaded(at, 24) || at === 30 || at === 41 ? 900 : 10)),
    );
    expect(once.recoveredAfterSeconds).toBeCloseTo(4, 6);
    const relapse = studyRecovery(
      plan,
      probes((at) => (overloaded(at, 24) || (at >= 30 && at < 33) ? 900 : 10)),
    );
    expect(relapse.recoveredAfterSeconds).toBeCloseTo(13, 6);
  });

  it('never, where it stays bad to the end: the endpoints are named', () => {
    const study = studyRecovery(
      plan,
      probes(() => 10).map((probe) =>
        probe.endpoint === 'b' && probe.sentAtSeconds > 12 ? { ...probe, outcome: 'timeout' } : probe,
      ),
    );
    expect(study.recoveredAfterSeconds).toBeUndefined();
    expect(study.endpoints.filter(({ isBroken }) => isBroken).map(({ endpoint }) => endpoint)).toEqual(['b']);
  });
});

describe('there is no answer', () => {
  it.each<[string, RecoveryPlan, Probe[], RegExp]>([
    ['the overload slowed no probe', plan, probes(() => 10), /slowed no probe/],
    ['probes are missing', plan, probes((at) => (at > 12 ? 900 : 10)).slice(0, 480), /480 of 500 probes/],
    [
      'it was bad before',
      plan,
      probes(
        (at) => (at > 12 ? 900 : 10),
        (at) => (at < 10 ? 'timeout' : 'ok'),
      ),
      /bad before/,
    ],
    [
      'there was no time before',
      { ...plan, overload: { fromSeconds: 1, toSeconds: 20 } },
      probes((at) => (at > 2 ? 900 : 10)),
      /before the overload/,
    ],
    [
      'there was no time after',
      { ...plan, overload: { fromSeconds: 10, toSeconds: 49 } },
      probes((at) => (at > 12 ? 900 : 10)),
      /after the overload/,
    ],
  ])('where %s', (_case, of, sent, reason) => {
    expect(studyRecovery(of, sent).invalid).toMatch(reason);
  });
});
