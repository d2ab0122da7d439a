import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { readRecord } from '../../measure/record/read-record.ts';
import { judgedByRecord } from './judged-by-record.ts';

const METRIC = 'http_req_duration{name:a}';

function read(samples: readonly RawSample[], record: RawRecord = {}) {
  const periods = [
    { fromMs: 0, toMs: 1000, samples: samples.filter((_, i) => i % 2 === 0) },
    { fromMs: 1000, toMs: 2000, samples: samples.filter((_, i) => i % 2 === 1) },
  ];
  return readRecord(linesOf({ periods, ...record }).map((line) => JSON.stringify(line)));
}

/** What is found of `metric` by each of the expressions. */
function failedOf(metric: string, sources: readonly string[], samples: readonly RawSample[], record: RawRecord = {}) {
  const thresholds = sources.map((source) => ({ metric, source, abortOnFail: false }));
  const judged = judgedByRecord(read(samples, { ...record, start: { thresholds } }));
  expect(judged.map(({ metric: name, source }) => [name, source])).toEqual(sources.map((source) => [metric, source]));
  return judged.map(({ failed }) => failed);
}

/** The values of a metric, of which every other one is of another name. */
const sampled = (metric: string, kind: RawSample['kind'], values: readonly number[]): RawSample[] =>
  values.flatMap((value) =>
    ['a', 'b'].map((name) => ({ metric, value, tags: { name }, ...(kind === undefined ? {} : { kind }) })),
  );

/** As TrendSink.P of k6's metrics/sink.go. */
function percentileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}

const OPERATORS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
  '===': (value, limit) => value === limit,
  '!=': (value, limit) => value !== limit,
};

/** The next number that there is. */
function next(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0);
}

const LIMIT = 500.25;
/** What the recorder counts beyond for any operator. */
const LIMITS = [{ metric: 'http_req_duration', tags: { name: 'a' }, values: [LIMIT, next(LIMIT)] }];

describe('a threshold by the record', () => {
  it('on a percentile is on the side of its limit on which it is for k6, however near', () => {
    const value = fc.constantFrom(LIMIT, next(LIMIT), 500.249, 500.2501, 1, 5000);
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const statistics: [string, number][] = [
          ['p(95)', 0.95],
          ['p(99.9)', 0.999],
          ['med', 0.5],
          ['p(0)', 0],
          ['p(100)', 1],
        ];
        const cases = statistics.flatMap(([name, share]) =>
          Object.entries(OPERATORS).map(([operator, holds]) => ({
            source: ` ${name} ${operator} ${LIMIT}`,
            failed: !holds(percentileOf(values, share), LIMIT),
          })),
        );
        const samples = sampled('http_req_duration', undefined, values);
        const sources = cases.map(({ source }) => source);
        expect(failedOf(METRIC, sources, samples, { limits: LIMITS })).toEqual(cases.map(({ failed }) => failed));
      }),
      { numRuns: 200 },
    );
  });

  it.each(Object.keys(OPERATORS))('is held against its limit by %s', (operator) => {
    const sources = [9, 10, 11].map((limit) => `max${operator}${limit}`);
    const failed = [9, 10, 11].map((limit) => !OPERATORS[operator]?.(10, limit));
    expect(failedOf(METRIC, sources, sampled('http_req_duration', undefined, [4, 10]))).toEqual(failed);
  });

  it.each([
    ['trend', 'http_req_duration', ['avg<7', 'avg<=7', 'min>=4', 'max<10'], [true, false, false, true]],
    ['counter', 'bytes', ['count<14', 'count<=14', 'count==14'], [true, false, false]],
    ['counter', 'bytes', ['rate<7', 'rate<=7', 'rate>6.9'], [true, false, false]],
    ['gauge', 'queue', ['value<10', 'value==10'], [true, false]],
  ] as const)('on a %s of 4 and 10 has the figures of %s: %j', (kind, metric, sources, failed) => {
    expect(failedOf(`${metric}{name:a}`, sources, sampled(metric, kind, [4, 10]))).toEqual(failed);
  });

  it('on a rate has its share', () => {
    const samples = sampled('checks', 'rate', [1, 0, 0, 1, 1]);
    expect(failedOf('checks', ['rate>0.6', 'rate>=0.6'], samples)).toEqual([true, false]);
  });

  it.each([
    ['http_req_duration{name:c}', ['p(95)<500', 'max<0', 'max>0'], [false, true, true]],
    ['iterations{scenario:x}', ['count<5', 'count>0', 'rate>=0', 'rate>1'], [false, true, false, true]],
    ['http_req_failed{name:c}', ['rate<0.01', 'rate>0.5'], [false, false]],
    ['queue{name:c}', ['value<1', 'value>0'], [false, true]],
    ['bytes{name:c}', ['rate>1', 'rate<1'], [true, false]],
    ['quality{name:c}', ['rate>1'], [false]],
    ['unknown', ['rate<1', 'rate>1', 'count>1'], [false, undefined, true]],
  ])('of %s, which has no sample, is as for k6: %j', (metric, sources, failed) => {
    const samples = [...sampled('bytes', 'counter', [1]), ...sampled('quality', 'rate', [1])];
    expect(failedOf(metric, sources, samples)).toEqual(failed);
  });

  it('on the rate of a counter cannot be told where only k6 knows how long the run was', () => {
    const end = { runStartedAtMs: 100, runEndedAtMs: 1900 };
    const samples = sampled('bytes', 'counter', [90, 90]);
    const sources = ['rate>89', 'rate>90', 'rate>99', 'rate>100', 'rate<101'];
    expect(failedOf('bytes{name:a}', sources, samples, { end })).toEqual([false, undefined, undefined, true, false]);
  });

  it('of a figure that the metric does not have cannot be told', () => {
    expect(failedOf('bytes', ['p(95)<5', 'median<5'], sampled('bytes', 'counter', [1]))).toEqual([
      undefined,
      undefined,
    ]);
  });
});
