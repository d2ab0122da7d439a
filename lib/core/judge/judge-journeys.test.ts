import { describe, expect, it } from 'vitest';
import { endpointSummary, latencyAround, loadRecord, measuredRun, runSummary } from '../../testing/runs.ts';
import type { JourneySummary } from '../measure/measured.ts';
import { type Budgets, journeyThresholdsOf } from './budgets.ts';
import { judgeJourneys } from './judge-journeys.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { describeThreshold } from './threshold-text.ts';

const figures = (completed: number, changes: Partial<JourneySummary> = {}): JourneySummary => ({
  name: 'buy',
  endpoints: ['list'],
  atMostSeconds: 60,
  started: completed,
  completed,
  stoppedAt: {},
  failed: 0,
  durationMs: latencyAround(1000, completed),
  ...changes,
});

function judged(journeys: readonly JourneySummary[], everyJourney: Budgets['everyJourney'] = {}) {
  const ended = journeys.reduce((all, each) => all + each.completed + Object.values(each.stoppedAt).length, 0);
  const { thresholds, ...run } = measuredRun([endpointSummary('list', { outcomes: { ok: 500 } })], {
    journeys,
    load: loadRecord({ windowSeconds: 10, iterations: { completed: ended, dropped: 0, failed: 0 } }),
  });
  const ofJourneys = journeyThresholdsOf(
    { overall: {}, everyEndpoint: {}, endpoints: {}, everyJourney },
    journeys.map(({ name }) => name),
  );
  return runSummary({ ...run, thresholds: [...thresholds, ...ofJourneys] });
}

describe('a budget of journeys', () => {
  it.each<[keyof NonNullable<Budgets['everyJourney']>, number, number, string]>([
    ['okP50Ms', 1001, 1000, 'p50 of completed journeys: 1.0 s, must be < 1 s (50 samples)'],
    ['okP95Ms', 3000, 1000, 'p95 of completed journeys: 2.3 s, must be < 1 s (50 samples)'],
    ['okMeanMs', 2000, 1000, 'mean of completed journeys: 1.2 s, must be < 1 s (50 samples)'],
    ['perSecond', 5, 6, 'completed journeys per second: 5/s, must be >= 6/s (60 samples)'],
    ['completedShare', 0.9, 0.95, 'share of journeys completed: 91 %, must be >= 95 % (55 samples)'],
  ])('on %s holds or not by the figures of that journey', (member, held, crossed, text) => {
    // Five were interrupted, which is no fault of theirs.
    const buy = figures(50, { started: 60, stoppedAt: { list: 4 }, failed: 1 });
    const of = (limit: number) => {
      const [threshold] = journeyThresholdsOf(
        { overall: {}, everyEndpoint: {}, endpoints: {}, journeys: { buy: { [member]: limit } } },
        ['buy'],
      );
      if (threshold === undefined) throw new Error('no threshold');
      const load = { windowSeconds: 10 };
      return judgeThreshold(threshold, { endpoints: [], totals: measuredRun([]).totals, load, journeys: [buy] });
    };
    expect(of(held)).toMatchObject({ verdict: 'pass', journey: 'buy' });
    expect(of(crossed).verdict).toBe('fail');
    expect(describeThreshold(of(crossed))).toBe(`journey buy: ${text}`);
  });

  it('is no_data for a journey that the load never started, and fails its run', () => {
    const { verdict, reasons } = judged([figures(9), figures(0, { name: 'browse' })], { okP95Ms: 9000 });
    expect(verdict).toBe('no_data');
    expect(reasons).toEqual(['journey browse: p95 of completed journeys: nothing was measured, must be < 9 s']);
  });
});

describe('without a budget', () => {
  it('a journey is shown and not judged, and one that was never started fails nothing', () => {
    expect(judged([figures(9), figures(0, { name: 'browse' })]).verdict).toBe('pass');
  });

  it('a run fails in which a journey was never completed', () => {
    const { verdict, reasons } = judged([figures(0, { started: 3, stoppedAt: { list: 3 } })]);
    expect({ verdict, reasons }).toEqual({
      verdict: 'fail',
      reasons: ['journey buy: not one of 3 journeys was completed'],
    });
  });

  it('nothing is known of a journey of which each was interrupted', () => {
    const { verdict, reasons } = judged([figures(0, { started: 3 })]);
    expect({ verdict, reasons }).toEqual({
      verdict: 'no_data',
      reasons: ['journey buy: not one of 3 journeys came to its end before the load did'],
    });
  });

  it('a run fails whose journeys hang beyond the time that they may take', () => {
    const { verdict, reasons } = judged([figures(50, { started: 60, atMostSeconds: 2 })]);
    expect({ verdict, reasons }).toEqual({
      verdict: 'fail',
      reasons: [
        'journey buy: 10 of 60 journeys (17 %) took longer than the 2s that they may, and were cut off: what they waited for is in no figure',
      ],
    });
    expect(judged([figures(198, { started: 200 })]).verdict).toBe('pass');
  });

  it('what a budget says already is not said again', () => {
    const { reasons } = judged([figures(0, { started: 3, stoppedAt: { list: 3 } })], { completedShare: 0.9 });
    expect(reasons).toEqual(['journey buy: share of journeys completed: 0 %, must be >= 90 % (3 samples)']);
  });

  it('a run fails whose journeys came to no end although k6 was done with them', () => {
    const { thresholds, ...run } = measuredRun([endpointSummary('list', { outcomes: { ok: 500 } })], {
      journeys: [figures(7, { started: 9 })],
      load: loadRecord({ iterations: { completed: 9, dropped: 0, failed: 0 } }),
    });
    expect(runSummary({ ...run, thresholds }).reasons).toEqual([
      '2 journeys came to no end: what they waited for never came',
    ]);
  });

  it('of a load that is meant to be too much, its answer says what became of them, unless the script is broken', () => {
    const cut = { load: loadRecord({ iterations: { completed: 5, dropped: 0, failed: 0 } }), thresholds: [] };
    const journeys = [figures(5, { started: 90 }), figures(0, { name: 'browse', started: 9 })];
    expect(judgeJourneys({ ...cut, journeys, k6ExitCode: 99 })).toHaveLength(2);
    expect(judgeJourneys({ ...cut, journeys, k6ExitCode: 99 }, false)).toEqual([]);
    const [lost] = judgeJourneys({ ...cut, journeys: [figures(4)], k6ExitCode: 99 }, false);
    expect(lost?.text).toMatch(/^1 journey came to no end/);
  });
});
