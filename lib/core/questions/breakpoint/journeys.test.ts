import { describe, expect, it } from 'vitest';
import type { K6Metrics } from '../../measure/measured.ts';
import { LADDER_TREND_STATS } from '../../measure/quantile-ladder.ts';
import type { Step } from '../../spec/load-shape.ts';
import { type BreakpointPlan, studyBreakpoint } from './answer.ts';
import { contradictions } from './contradictions.ts';
import { headline } from './headline.ts';
import { METRICS } from './metrics.ts';
import { section } from './section.ts';

const steps: Step[] = [10, 20, 30, 40].map((level, i) => ({ level, startSeconds: i * 10, durationSeconds: 10 }));
const plan: BreakpointPlan = {
  kind: 'breakpoint',
  steps,
  p95LimitMs: 500,
  failedShareLimit: 0.01,
  leastCompletedShare: 0.98,
};

/** Of a step: its journeys have five requests each, and take a second. */
interface Gone {
  readonly begun: number;
  readonly lost: number;
  readonly done: number;
  readonly ms: number;
  readonly timeouts: number;
}

const trend = (count: number, ms: number) => ({
  values: Object.fromEntries(LADDER_TREND_STATS.map((stat) => [stat, stat === 'count' ? count : ms])),
});
const counter = (count: number) => ({ values: { count } });

function metricsOf(gone: readonly Gone[]): K6Metrics {
  return Object.fromEntries(
    gone.flatMap(({ begun, lost, done, ms, timeouts }, i) => [
      [`step_ok{step:${i}}`, trend(5 * begun - timeouts, ms)],
      [`step_done{step:${i}}`, counter(5 * begun - timeouts)],
      ...(timeouts > 0 ? [[`step_not_ok{step_outcome:${i}|timeout}`, trend(timeouts, 1000)]] : []),
      [`step_journey_begun{step:${i}}`, counter(begun)],
      [`step_journey_completed{step:${i}}`, trend(begun - lost, 1000)],
      [`step_journey_lost{step:${i}}`, { values: { passes: lost, fails: begun - lost } }],
      [`step_journey_done{step:${i}}`, counter(done)],
    ]),
  ) as K6Metrics;
}

/** What is begun in the last second of a step is completed in the next one. */
const good: Gone[] = steps.map(({ level }, i) => ({
  begun: level * 10,
  lost: 0,
  done: level * 9 + (steps[i - 1]?.level ?? 0),
  ms: 20,
  timeouts: 0,
}));
const study = (changes: Readonly<Record<number, Partial<Gone>>>, windowSeconds = 41) =>
  studyBreakpoint(plan, metricsOf(good.map((each, i) => ({ ...each, ...changes[i] }))), windowSeconds);

describe('a service asked by journeys', () => {
  it('sustains the highest rate of them where it never breaks, though each step ends with some under way', () => {
    const found = study({});
    expect(found).toMatchObject({ sustainedPerSecond: 40 });
    expect(found.broke).toBeUndefined();
    expect(headline(found)).toBe('Sustains at least 40 journeys/s, the highest rate sent; it did not break.');
  });

  it.each<[string, Partial<Gone>, object]>([
    ['journeys that are not completed, though hardly a request failed', { lost: 9 }, { by: ['journeys'] }],
    ['journeys that end more slowly than they begin, though responses are fast', { done: 230 }, { by: ['throughput'] }],
    ['requests that are too slow', { ms: 501 }, { by: ['latency'] }],
    ['requests that fail', { timeouts: 150 }, { by: ['errors'], outcome: 'timeout' }],
  ])('breaks by %s, at a rate of journeys', (_case, change, broke) => {
    const found = study({ 2: change });
    expect(found.invalid).toBeUndefined();
    expect(found).toMatchObject({ sustainedPerSecond: 20, broke: { atPerSecond: 30, ...broke } });
    expect(found.steps.map(({ holds }) => holds)).toEqual([true, true, false, true]);
  });

  it('does not break by as many journeys as may be lost, nor by a few that end a little later', () => {
    expect(study({ 2: { lost: 6 } }).broke).toBeUndefined();
    expect(study({ 2: { done: 276 } }).broke).toBeUndefined();
  });

  it('is not blamed for a generator that began too few', () => {
    const found = study({ 1: { begun: 190 } });
    expect(found.invalid).toBe(
      'the generator, and not the service, was at its limit first: of the 20 journeys/s of a step it began 19',
    );
    expect(found.sustainedPerSecond).toBe(10);
    expect(study({ 0: { begun: 98, done: 88 } }).invalid).toBeUndefined();
  });
});

describe('what is said', () => {
  const broken = study({ 2: { done: 230 } });

  it('counts journeys where it talks of them, and requests where it talks of those', () => {
    expect(headline(broken)).toBe(
      'Sustains 20 journeys/s; breaks at 30 journeys/s: journeys ended more slowly than they began; at most 39 journeys/s completed in a full step, and 200 requests/s answered.',
    );
    expect(METRICS.sustainedPerSecond.measure(broken, 20)).toMatchObject({
      samples: 1000,
      actual: 20,
      seen: '20 journeys/s',
    });
    expect(METRICS.sustainedPerSecond.measure(broken, 25)).toMatchObject({
      seen: 'between 20 journeys/s and 30 journeys/s',
      toTell: 'no step was sent between them: send one at 25 journeys/s',
    });
  });

  it('draws journeys against journeys, and has both in the table of steps', () => {
    const blocks = section(broken, '');
    const charts = blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
    expect(charts.find(({ title }) => title === 'Served by rate')).toMatchObject({
      description: '9 journeys/s completed at 10 journeys/s, 39 journeys/s completed at 40 journeys/s.',
      series: [
        { name: 'begun' },
        {
          name: 'completed',
          points: [
            [10, 9],
            [20, 19],
            [30, 23],
            [40, 39],
          ],
        },
      ],
    });
    const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows[2]?.map((cell) => cell.text)).toEqual(
      expect.arrayContaining(['30 journeys/s', '300', '1,500', '23/s']),
    );
  });

  it('cannot be that more journeys ended in a step than were begun in it', () => {
    expect(contradictions(broken)).toEqual([]);
    const [first, ...others] = broken.steps;
    const more = { ...first, journeys: { ...first?.journeys, begun: 99 } } as typeof first & object;
    expect(contradictions({ ...broken, steps: [more, ...others] })).toMatchObject([
      { member: 'study.steps[0].journeys.begun' },
    ]);
  });
});
