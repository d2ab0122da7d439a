import { describe, expect, it } from 'vitest';
import type { RawSample } from '../../testing/record-lines.ts';
import { linesOf, recordLines } from '../../testing/record-lines.ts';
import { recordOfTest, requestSample, secondsOf, testInRecord } from '../../testing/record-of-run.ts';
import { measureRun } from '../measure/measure-run.ts';
import { readRecord } from '../measure/record/read-record.ts';
import { customOfRecord } from './custom-of-record.ts';
import { measurementOfRecord, runIdOfRecord, startOfLoadIn } from './measurement-of-record.ts';

const START_MS = Date.parse('2026-01-02T03:04:05.000Z');
const read = (text: string) => readRecord(text.split('\n'));
const failed = (status: string, tags = {}) => requestSample('a', 3, { status, expected_response: 'false', ...tags });

describe('what a record leaves to be judged', () => {
  it('is what was run, and what became of it', () => {
    const text = recordOfTest(
      testInRecord(['a', 'b']),
      secondsOf([
        [requestSample('a', 10), failed('500')],
        [failed('500'), failed('403'), requestSample('b', 7)],
      ]),
    );
    const { measurement, events } = measurementOfRecord(read(text));
    expect(measurement).toMatchObject({ runId: 'run', scenario: 'example', loadStartedAt: '2026-01-02T03:04:05.000Z' });
    expect(events).toEqual([]);
    const run = measureRun(measurement);
    expect(run.totals).toMatchObject({ requests: 5, outcomes: { ok: 2, server_error: 2, client_error: 1 } });
    expect(run.endpoints[0]).toMatchObject({
      requests: 4,
      causes: [
        { outcome: 'server_error', count: 2, status: 500 },
        { outcome: 'client_error', count: 1, status: 403 },
      ],
      latencyMs: { all: { count: 4, min: 3, max: 10 }, ok: { count: 1, p95: 10 } },
    });
    expect(run.endpoints[1]).not.toHaveProperty('causes');
  });

  it('tells the causes of missing responses apart by their texts', () => {
    const noReply = (error: string) => failed('0', { error_code: '1000', error });
    const text = recordOfTest(testInRecord(['a']), secondsOf([[noReply('EOF'), noReply('EOF'), noReply('malformed')]]));
    expect(measurementOfRecord(read(text)).measurement.causes).toEqual({
      a: [
        { outcome: 'reset', count: 2, errorCode: 1000, text: 'EOF' },
        { outcome: 'other_error', count: 1, errorCode: 1000, text: 'malformed' },
      ],
    });
  });

  it('has the events of a question in their order, without that of the setup', () => {
    const samples = [{ n: 1 }, { n: 2 }].map((event, i) => ({
      metric: 'verdict_event',
      atMs: START_MS + i,
      value: 1,
      metadata: { event: JSON.stringify(event) },
    }));
    const text = recordOfTest(testInRecord(['a']), secondsOf([[requestSample('a', 1)]]), { samples });
    expect(measurementOfRecord(read(text)).events).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('of a killed k6 lasts to the end of the record', () => {
    const seconds = secondsOf([[requestSample('a', 1)], [requestSample('a', 1)], []]);
    const { measurement } = measurementOfRecord(read(recordOfTest(testInRecord(['a']), seconds, { end: false })));
    expect(measureRun(measurement).load.windowSeconds).toBe(3);
  });

  it('is not whole where the record was cut off, or has not all samples of a question', () => {
    const seconds = secondsOf([[requestSample('a', 1)]]);
    const lacksOf = (test: Parameters<typeof recordOfTest>[0], end: Parameters<typeof recordOfTest>[2]) =>
      measureRun(measurementOfRecord(read(recordOfTest(test, seconds, end))).measurement).load.recordLacks;
    const [plain, asking] = [testInRecord(['a']), testInRecord(['a'], { study: { kind: 'recovery' } })];
    expect(lacksOf(plain, { end: false })).toMatch(/^it was cut off/);
    expect(lacksOf(asking, { end: { droppedSamples: 7 } })).toMatch(/^7 single samples/);
    expect(lacksOf(plain, { end: { droppedSamples: 7 } })).toBeUndefined();
    expect(lacksOf(asking, {})).toBeUndefined();
  });

  it('names the limit that ended the run, which was then ended early', () => {
    const stoppedBy = { name: 'http_req_duration{expected_response:true,phase:load}: p(95)<5' };
    const test = testInRecord(['a'], { abortsOnFail: true });
    const { measurement } = measurementOfRecord(
      read(recordOfTest(test, secondsOf([[requestSample('a', 9)]]), { end: { stoppedBy } })),
    );
    const run = measureRun(measurement);
    expect(run.load.endedEarly).toBe(true);
    expect(run.k6Thresholds).toEqual([
      { metric: 'http_req_duration{expected_response:true,phase:load}', threshold: 'p(95)<5', ok: false },
    ]);
  });

  it('has no threshold of a step that ended a search', () => {
    const end = { stoppedBy: { name: 'step_ok{step:3}: p(95)<1000' } };
    const { measurement } = measurementOfRecord(
      read(recordOfTest(testInRecord(['a']), secondsOf([[requestSample('a', 9)]]), { end })),
    );
    expect(measureRun(measurement).k6Thresholds).toEqual([]);
  });

  it('has no load that did not begin', () => {
    const text = recordOfTest(testInRecord(['a']), secondsOf([[requestSample('a', 1)]]));
    const later = text.replace(`loadStartedAtMs\\":${START_MS}`, `loadStartedAtMs\\":${2 * START_MS}`);
    expect(later).not.toBe(text);
    expect(measurementOfRecord(read(later)).measurement).not.toHaveProperty('loadStartedAt');
  });

  it('is nothing of a script of somebody else', () => {
    const foreign = read(recordLines({ start: { atMs: 1, test: { other: true } } }));
    expect(() => measurementOfRecord(foreign)).toThrow('not of a load test of this library');
    expect(runIdOfRecord(foreign)).toBeUndefined();
  });

  it('says when the load began in one sample', () => {
    const [sample] = linesOf({
      samples: [
        { metric: 'verdict_event', atMs: 1, value: 1, metadata: { event: '{"loadStartedAtMs":7,"atRest":[]}' } },
      ],
    }).flatMap((line) => (line.type === 'sample' ? [line] : []));
    expect(sample && startOfLoadIn(sample)).toBe(7);
  });
});

describe('what a script measures itself', () => {
  const of = (samples: Parameters<typeof secondsOf>[0]) =>
    customOfRecord(read(recordOfTest(testInRecord(['a']), secondsOf(samples))));

  const LOAD = { phase: 'load' };
  const mine = (value: number, tags: RawSample['tags'] = LOAD) => ({ metric: 'mine', value, tags });

  it('is nothing where it measures nothing', () => {
    expect(of([[requestSample('a', 1), { metric: 'iterations', kind: 'counter', value: 1 }]])).toBeUndefined();
  });

  it('is its metrics by kind, and its checks by name and group', () => {
    const check = (value: number) =>
      ({ metric: 'checks', kind: 'rate', value, tags: { ...LOAD, check: 'has items', group: '::cart::pay' } }) as const;
    const custom = of([
      [check(1), check(0), mine(4), mine(8, { ...LOAD, endpoint: 'a' })],
      [{ metric: 'bought', kind: 'counter', value: 3, tags: LOAD }],
    ]);
    expect(custom?.checks).toEqual([{ name: 'has items', group: 'cart / pay', passes: 1, fails: 1 }]);
    expect(custom?.figures).toMatchObject([
      { metric: 'bought', kind: 'counter', isTime: false, values: { count: 3 }, samples: 1 },
      { metric: 'mine', kind: 'trend', isTime: true, values: { count: 2, avg: 6, min: 4, max: 8 } },
    ]);
  });

  it('is of the load alone', () => {
    const check = { metric: 'checks', kind: 'rate', value: 1, tags: { check: 'is up', group: '::setup' } } as const;
    expect(of([[mine(4, {}), mine(5, { warm_up: 'a' }), check]])).toBeUndefined();
    expect(of([[mine(4, {}), mine(9)]])?.figures).toMatchObject([{ metric: 'mine', values: { count: 1, max: 9 } }]);
  });

  it('has what is judged among it, however many metrics there are', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ ...mine(i), metric: `m${1000 + i}` }));
    const record = read(recordOfTest(testInRecord(['a']), secondsOf([[...many, { ...mine(7), metric: 'z' }]])));
    const names = (judged: string[]) => {
      const thresholds = judged.map((custom) => ({ metric: 'customMax', custom, limit: 1 }) as const);
      return customOfRecord(record, { thresholds })?.figures.map(({ metric }) => metric);
    };
    expect(names([])).toHaveLength(300);
    expect(names([])).not.toContain('z');
    expect(names(['z', 'm1399', 'never'])).toHaveLength(300);
    expect(names(['z', 'm1399'])).toEqual(expect.arrayContaining(['z', 'm1399', 'm1000']));
  });
});
