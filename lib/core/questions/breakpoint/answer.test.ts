import { describe, expect, it } from 'vitest';
import type { K6Metrics } from '../../measure/measured.ts';
import { LADDER_TREND_STATS } from '../../measure/quantile-ladder.ts';
import type { Step } from '../../spec/load-shape.ts';
import { type BreakpointPlan, studyBreakpoint } from './answer.ts';

const steps: Step[] = [50, 100, 150, 200].map((level, i) => ({ level, startSeconds: i * 10, durationSeconds: 10 }));
const plan: BreakpointPlan = { kind: 'breakpoint', steps, p95LimitMs: 500, failedShareLimit: 0.01 };

interface Sent {
  readonly ok: number;
  readonly ms: number;
  readonly done?: number;
  readonly timeouts?: number;
}

const trend = (count: number, ms: number) => ({
  values: Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, stat === 'count' ? count : ms])),
});

/** k6's figures of steps. */
function metricsOf(sent: readonly Sent[]): K6Metrics {
  return Object.fromEntries(
    sent.flatMap(({ ok, ms, done = ok, timeouts = 0 }, i) => [
      [`step_ok{step:${i}}`, trend(ok, ms)],
      [`step_done{step:${i}}`, { values: { count: done } }],
      ...(timeouts > 0 ? [[`step_not_ok{step_outcome:${i}|timeout}`, trend(timeouts, 1000)]] : []),
    ]),
  ) as K6Metrics;
}

const good: Sent[] = [50, 100, 150, 200].map((level) => ({ ok: level * 10, ms: 20 }));
const study = (changes: Readonly<Record<number, Partial<Sent>>>, windowSeconds = 41) =>
  studyBreakpoint(plan, metricsOf(good.map((each, i) => ({ ...each, ...changes[i] }))), windowSeconds);

describe('a service', () => {
  it('sustains the highest rate where it never breaks', () => {
    expect(study({})).toMatchObject({ sustainedPerSecond: 200 });
    expect(study({}).broke).toBeUndefined();
    expect(study({}).invalid).toBeUndefined();
  });

  it('of short steps does not break by the one or two requests that are under way at their end', () => {
    const short: BreakpointPlan = {
      ...plan,
      steps: [5, 10, 20].map((level, i) => ({ level, startSeconds: i, durationSeconds: 1 })),
    };
    const answerWith = (done: number) =>
      studyBreakpoint(
        short,
        metricsOf([
          { ok: 5, ms: 200 },
          { ok: 10, ms: 200, done },
          { ok: 20, ms: 200 },
        ]),
        3,
      );
    expect(answerWith(8).broke).toBeUndefined();
    expect(answerWith(7).broke).toMatchObject({ atPerSecond: 10, by: ['throughput'] });
  });

  it.each<[string, Partial<Sent>, object]>([
    ['latency', { ms: 501 }, { by: ['latency'] }],
    ['errors, by the commonest of them', { ok: 1400, timeouts: 100 }, { by: ['errors'], outcome: 'timeout' }],
    ['throughput', { done: 1300 }, { by: ['throughput'] }],
  ])('breaks by %s, at the first step that does not hold', (_case, change, broke) => {
    const found = study({ 2: change });
    expect(found).toMatchObject({ sustainedPerSecond: 100, broke: { atPerSecond: 150, ...broke } });
  });

  it('that breaks at once sustains nothing', () => {
    expect(study({ 0: { ms: 900 } }).sustainedPerSecond).toBeUndefined();
  });

  it('is not blamed for a generator that sent too little', () => {
    const found = study({ 2: { ok: 1300 }, 3: { ok: 1300, ms: 900 } });
    expect(found.invalid).toMatch(/generator.*150.*130/);
    expect(found.broke).toBeUndefined();
    expect(found.sustainedPerSecond).toBe(100);
  });

  it('that broke before the generator did is what broke', () => {
    const found = study({ 2: { ms: 900 }, 3: { ok: 1000, ms: 900 } });
    expect(found.invalid).toBeUndefined();
    expect(found.broke?.atPerSecond).toBe(150);
  });

  it('has its knee before the step whose latency has doubled', () => {
    expect(study({ 2: { ms: 45 } }).kneePerSecond).toBe(100);
    expect(study({ 2: { ms: 39 } }).kneePerSecond).toBeUndefined();
  });

  it('whose run ended in a step sustained what was before it', () => {
    const found = study({ 2: { ok: 400, done: 300, ms: 900 }, 3: { ok: 0, done: 0, ms: 0 } }, 24);
    expect(found.steps.map(({ isWhole }) => isWhole)).toEqual([true, true, false]);
    expect(found).toMatchObject({ sustainedPerSecond: 100, broke: { atPerSecond: 150 } });
  });
});
