import { describe, expect, it } from 'vitest';
import { recordLines } from '../../testing/record-lines.ts';
import { journeySamples, requestSample, secondsOf } from '../../testing/record-of-run.ts';
import type { JourneyFacts } from '../spec/journey.ts';
import { countInterrupted, countLost, measureJourneys } from './measure-journeys.ts';
import { metricsOfRecord } from './record/metrics-of-record.ts';
import { readRecord } from './record/read-record.ts';

const ENDPOINTS = [{ id: 'list' }, { id: 'order' }];
const BUY: JourneyFacts = { name: 'buy', endpoints: ['list', 'order'], weight: 30, atMostSeconds: 60 };
const BROWSE: JourneyFacts = { name: 'browse', endpoints: ['list'], weight: 70, atMostSeconds: 60 };

function measured(samples: Parameters<typeof secondsOf>[0]) {
  const record = readRecord(recordLines({ periods: secondsOf(samples) }).split('\n'));
  return measureJourneys(metricsOfRecord(record, { endpoints: ENDPOINTS }), [BROWSE, BUY], ENDPOINTS);
}

describe('what became of journeys', () => {
  it('is told of each, over all seconds', () => {
    const [browse, buy] = measured([
      [...journeySamples('browse', { completedMs: [100, 300] }), ...journeySamples('buy', { completedMs: [2000] })],
      [...journeySamples('buy', { stoppedAt: ['order', 'order', 'list'], failed: 2, interrupted: 1 })],
    ]);
    expect(browse).toMatchObject({ ...BROWSE, started: 2, completed: 2, stoppedAt: {}, failed: 0 });
    expect(browse?.durationMs).toMatchObject({ count: 2, min: 100, max: 300, avg: 200 });
    expect(buy).toMatchObject({ started: 7, completed: 1, stoppedAt: { list: 1, order: 2 }, failed: 2 });
    expect([browse, buy].map((each) => each && countInterrupted(each))).toEqual([0, 1]);
  });

  it('is nothing where one was never started', () => {
    const [browse] = measured([[requestSample('list', 5)]]);
    expect(browse).toMatchObject({ started: 0, completed: 0, stoppedAt: {}, failed: 0, durationMs: { count: 0 } });
  });

  it('is not of a warm-up', () => {
    const tags = { warm_up: 'buy' };
    const warm = { metric: 'failed_iterations', kind: 'counter', value: 1, tags } as const;
    expect(measured([[warm, ...journeySamples('buy', { completedMs: [5] })]])[1]).toMatchObject({
      started: 1,
      failed: 0,
    });
  });

  it('cannot be more than was started', () => {
    const ended = journeySamples('buy', { completedMs: [5] }).filter(({ metric }) => metric !== 'journey_started');
    expect(() => measured([ended])).toThrow('Of 0 journeys "buy" that were started, 1 ended');
  });
});

it('journeys are lost that k6 was done with, and that came to no end', () => {
  const journeys = measured([journeySamples('buy', { completedMs: [1, 2], stoppedAt: ['list'], failed: 1 })]);
  const after = (completed: number) => countLost(journeys, { iterations: { completed, dropped: 0, failed: 1 } });
  expect([after(2), after(3), after(5)]).toEqual([0, 0, 2]);
});
