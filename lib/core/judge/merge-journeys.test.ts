import { describe, expect, it } from 'vitest';
import type { RawSample } from '../../testing/record-lines.ts';
import { journeySamples, recordOfTest, requestSample, secondsOf, testInRecord } from '../../testing/record-of-run.ts';
import { runSummary } from '../../testing/runs.ts';
import { measureRun } from '../measure/measure-run.ts';
import { WATCHES } from '../measure/record/over-time.ts';
import { readRecord } from '../measure/record/read-record.ts';
import { NOT_DECLARED } from '../spec/not-declared.ts';
import { contradictionsOf } from './contradictions/contradictions-of.ts';
import { measurementOfRecord } from './measurement-of-record.ts';
import { mergeRuns, type RunPart } from './merge-runs.ts';

const TEST = testInRecord(['list', 'order'], {
  checksContent: true,
  journeys: [{ name: 'buy', endpoints: ['list', 'order'], atMostSeconds: 60 }],
});

const TIMES = { startedAt: '2026-01-02T03:04:04.000Z', endedAt: '2026-01-02T03:04:08.000Z' };

/** One k6 process of a run, with what it recorded. */
function partOf(instance: number, samples: readonly RawSample[]): RunPart {
  const text = recordOfTest(TEST, secondsOf([samples, []]));
  const record = readRecord(text.split('\n'), { watches: WATCHES });
  const { measurement } = measurementOfRecord(record);
  return { summary: runSummary({ ...measureRun(measurement), thresholds: [] }, { instance, ...TIMES }), record };
}

const checked = (endpoint: string, value: number): RawSample[] => [
  requestSample(endpoint, value),
  { metric: 'ok_duration', value, tags: { endpoint, phase: 'load' } },
];
const byScript = (value: number, status = '200'): RawSample => ({
  metric: 'http_req_duration',
  value,
  tags: { phase: 'load', status, expected_response: String(status === '200') },
});

const one = partOf(1, [...checked('list', 10), ...journeySamples('buy', { completedMs: [100], stoppedAt: ['list'] })]);
const two = partOf(2, [
  ...checked('list', 20),
  byScript(70),
  byScript(5, '404'),
  ...journeySamples('buy', { completedMs: [300, 500], stoppedAt: ['list', 'order'], failed: 1, interrupted: 2 }),
]);

describe('journeys of several processes', () => {
  it.each<[string, readonly RunPart[]]>([
    ['with their records', [one, two]],
    ['without', [{ summary: one.summary }, { summary: two.summary }]],
  ])('%s: counts are sums, and durations those of all', (_, parts) => {
    const [buy] = mergeRuns(parts).journeys ?? [];
    expect(buy).toMatchObject({ started: 9, completed: 3, stoppedAt: { list: 2, order: 1 }, failed: 1 });
    expect(buy?.durationMs).toMatchObject({ count: 3, min: 100, max: 500, avg: 300 });
    expect(Math.abs((buy?.durationMs.p50 ?? 0) - 300)).toBeLessThan(parts[0]?.record === undefined ? 201 : 3);
  });
});

describe('requests that belong to no endpoint', () => {
  it('are a row of their own in a run, with their outcomes and causes', () => {
    const { endpoints, totals } = two.summary;
    expect(endpoints.map(({ id, requests }) => [id, requests])).toEqual([
      ['list', 1],
      ['order', 0],
      [NOT_DECLARED, 2],
    ]);
    expect(endpoints[2]).toMatchObject({ outcomes: { ok: 1, not_found: 1 }, causes: [{ status: 404, count: 1 }] });
    expect(totals).toMatchObject({ requests: 3, outcomes: { ok: 2, not_found: 1 } });
    expect(totals.latencyMs.ok).toMatchObject({ count: 2, max: 70 });
    expect(contradictionsOf(two.summary)).toEqual([]);
  });

  it('are one in a merged run where any process has sent some', () => {
    for (const parts of [[one, two], [two, one].map(({ summary }) => ({ summary }))]) {
      const merged = mergeRuns(parts);
      expect(merged.endpoints.map(({ id, requests }) => [id, requests])).toEqual([
        ['list', 2],
        ['order', 0],
        [NOT_DECLARED, 2],
      ]);
      expect(merged.totals.latencyMs.ok).toMatchObject({ count: 3, min: 10, max: 70 });
      expect(contradictionsOf(merged)).toEqual([]);
    }
  });
});
