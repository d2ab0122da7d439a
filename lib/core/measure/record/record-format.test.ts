import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../testing/record-lines.ts';
import { UnreadableRecord } from './expect-line.ts';
import { readRecord } from './read-record.ts';
import schema from './record.schema.json' with { type: 'json' };
import { RECORD_FORMAT, type RecordLine } from './record-format.ts';

const validate = new Ajv2020({ allErrors: true, strictTuples: false }).compile(schema);

const tags = { endpoint: 'list', expected_response: 'true' };
const LINES = linesOf({
  start: {
    atMs: 1_764_273_600_123,
    test: { version: 1 },
    options: { localIPs: '10.0.0.1' },
    thresholds: [
      { metric: 'checks', source: 'rate>0.99', abortOnFail: false },
      { metric: 'http_req_duration{name:a}', source: 'p(95)<500', abortOnFail: true, delayAbortEval: '10s' },
    ],
  },
  limits: [{ metric: 'http_req_duration', tags: { endpoint: 'list' }, values: [500, 800] }],
  periods: [
    {
      fromMs: 1_764_273_600_123,
      toMs: 1_764_273_601_123,
      samples: [
        { metric: 'http_req_duration', value: 499.5, tags },
        { metric: 'http_req_duration', value: 700, tags },
        { metric: 'signed', value: -0.25 },
        { metric: 'data', kind: 'counter', contains: 'data', value: 12.5 },
        { metric: 'vus', kind: 'gauge', value: 3 },
        { metric: 'checks', kind: 'rate', value: 1 },
      ],
    },
    { fromMs: 1_764_273_601_123, toMs: 1_764_273_602_123, samples: [] },
  ],
  samples: [
    { metric: 'verdict_event', atMs: 1_764_273_600_456.123, value: 1, tags, metadata: { event: '{"x":1}' } },
    { metric: 'verdict_event', atMs: 1_764_273_600_500, value: 2 },
  ],
  hosts: [{ host: 'shop.example:8080' }, { address: '10.0.0.7:443' }],
  end: {
    runStartedAtMs: 1_764_273_600_400,
    runEndedAtMs: 1_764_273_602_100.5,
    loadStartedAtMs: 1_764_273_600_456.123,
    loadEndedAtMs: 1_764_273_602_000.5,
    stoppedBy: { name: 'p95' },
    judged: [
      { metric: 'checks', source: 'rate>0.99', failed: true },
      { metric: 'http_req_duration{name:a}', source: 'p(95)<500' },
    ],
    abortedByThreshold: true,
    hostsUnknown: true,
    foldedRows: 12,
    droppedSamples: 3,
    droppedTexts: 1,
    droppedHosts: 4,
    droppedAddresses: 5,
  },
});

const isOf = <Type extends RecordLine['type']>(type: Type) => {
  const line = LINES.find((each): each is RecordLine & { readonly type: Type } => each.type === type);
  return line ?? expect.fail(`no line of type ${type}`);
};
const [start, series, period, sample, host, end] = [
  isOf('start'),
  isOf('series'),
  isOf('period'),
  isOf('sample'),
  isOf('host'),
  isOf('end'),
];
const optionalOfEnd = Object.keys(end).filter((key) => key !== 'type' && key !== 'atMs');
const [threshold, judged] = [start.thresholds?.[1], end.judged?.[0]];
const before = LINES.slice(0, LINES.indexOf(period));
const entryOfTrend = period.series[0] as readonly unknown[];
const withEntry = (entry: unknown) => ({ ...period, series: { 0: entry } });

/** Whether the reader takes it where it belongs. */
function isRead(line: { readonly type?: unknown }): boolean {
  const [own, ...rest] = line.type === 'start' ? [line] : line.type === 'series' ? [start, line] : [...before, line];
  try {
    readRecord([own, ...rest].map((each) => JSON.stringify(each)));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadableRecord);
    return false;
  }
}

describe('a line of the record', () => {
  it.each(LINES.map((line) => [JSON.stringify(line), line] as const))('is as the schema says: %s', (_, line) => {
    validate(line);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is of the format that the schema is of', () => {
    expect(schema.$defs.start.properties.format.const).toBe(RECORD_FORMAT);
    expect(schema.$id).toMatch(new RegExp(`:${RECORD_FORMAT}$`));
  });
});

const without = (line: object, member: string) =>
  Object.fromEntries(Object.entries(line).filter(([key]) => key !== member));

const changed: readonly (readonly [string, object])[] = [
  ['of another format', { ...start, format: 2 }],
  ['of another type', { ...sample, type: 'threshold' }],
  ...[start, series, period, sample, host, end].flatMap((line) =>
    Object.keys(line)
      .filter((key) => !['test', 'thresholds', 'limits', 'tags', 'metadata', ...optionalOfEnd].includes(key))
      .map((key) => [`${line.type} without ${key}`, without(line, key)] as const),
  ),
  ['series without tags', without(series, 'tags')],
  ['series with a tag that is no text', { ...series, tags: { status: 200 } }],
  ['series of another kind', { ...series, kind: 'set' }],
  ['a period with a time that is none', { ...period, toMs: 'now' }],
  ['a figure that is no number', withEntry([...entryOfTrend.slice(0, 2), null, ...entryOfTrend.slice(3)])],
  ['a trend without buckets', withEntry(entryOfTrend.slice(0, 4))],
  ['a trend without samples', withEntry([0, ...entryOfTrend.slice(1)])],
  ['a bucket before the first one', withEntry([...entryOfTrend.slice(0, 4), [-1, 2], entryOfTrend[5]])],
  ['half a sample', withEntry([...entryOfTrend.slice(0, 4), [131000, 0.5, 1, 1.5], entryOfTrend[5]])],
  ['a sample with a value that is none', { ...sample, value: '1' }],
  ['a sample with metadata that are no texts', { ...sample, metadata: { event: 1 } }],
  ['an end with a count that is none', { ...end, foldedRows: -1 }],
  ['an end that a number stopped', { ...end, stoppedBy: { name: 1 } }],
  ['an end with a flag that is none', { ...end, hostsUnknown: 'yes' }],
  ['an end that says of an abort that there was none', { ...end, abortedByThreshold: false }],
  ['an end with the start of its load alone', without(end, 'loadEndedAtMs')],
  ['an end with the end of its load alone', without(end, 'loadStartedAtMs')],
  ['an end with a load that began in words', { ...end, loadStartedAtMs: 'noon' }],
  ['an end with the start of its run alone', without(end, 'runEndedAtMs')],
  ['a threshold without a metric', { ...start, thresholds: [{ ...threshold, metric: undefined }] }],
  ['a threshold that is a text', { ...start, thresholds: ['p(95)<500'] }],
  ['a threshold that may end the run', { ...start, thresholds: [{ ...threshold, abortOnFail: 'maybe' }] }],
  ['a threshold with a delay that is none', { ...start, thresholds: [{ ...threshold, delayAbortEval: 10 }] }],
  ['thresholds that are no list', { ...start, thresholds: threshold }],
  ['a threshold that was judged in words', { ...end, judged: [{ ...judged, failed: 'no' }] }],
  ['a judged threshold without its source', { ...end, judged: [{ ...judged, source: undefined }] }],
  ['a host that is a number', { ...host, host: 7 }],
  ['an address that is a number', { type: 'host', address: 7 }],
];

it.each(changed)('is refused by the schema and by the reader: %s', (_, line) => {
  expect(validate(line)).toBe(false);
  expect(isRead(line)).toBe(false);
});

/** What a schema cannot say. */
it.each([
  ['a load that ended before it began', { ...end, loadEndedAtMs: 1 }],
  ['limits that do not rise', { ...series, limits: [500, 500] }],
  ['a counter with limits', { ...series, kind: 'counter', limits: [1] }],
  ['a period that ends before it begins', { ...period, toMs: period.fromMs - 1 }],
  ['a series that was not named', { ...period, series: { 99: [1, 1] } }],
  ['a trend with the figures of a counter', withEntry([1, 1])],
  ['more samples in buckets than there are', withEntry([...entryOfTrend.slice(0, 4), [131000, 3], entryOfTrend[5]])],
  ['a bucket twice', withEntry([...entryOfTrend.slice(0, 4), [131000, 1, 0, 1], entryOfTrend[5]])],
  ['a bucket beyond the last one', withEntry([...entryOfTrend.slice(0, 4), [2 ** 19, 2], entryOfTrend[5]])],
  ['a minimum above the maximum', withEntry([2, 1199.5, 700, 499.5, ...entryOfTrend.slice(4)])],
  ['no counts beyond its limits', withEntry(entryOfTrend.slice(0, 5))],
  ['counts beyond one of two limits', withEntry([...entryOfTrend.slice(0, 5), [[1, 499.5, 700]]])],
  [
    'more beyond a limit than there are',
    withEntry([
      ...entryOfTrend.slice(0, 5),
      [
        [3, null, 700],
        [0, 700, null],
      ],
    ]),
  ],
  [
    'a sample below a limit that is above it',
    withEntry([
      ...entryOfTrend.slice(0, 5),
      [
        [1, 501, 700],
        [0, 700, null],
      ],
    ]),
  ],
  [
    'a sample above a limit that is below it',
    withEntry([
      ...entryOfTrend.slice(0, 5),
      [
        [1, 499.5, 4],
        [0, 700, null],
      ],
    ]),
  ],
  ['a rate with more that is true than there is', { ...period, series: { 4: [2, 1] } }],
  ['a counter with three figures', { ...period, series: { 2: [2, 1, 1] } }],
])('is refused by the reader: %s', (_, line) => {
  expect(isRead(line)).toBe(false);
});

it.each(LINES.filter(({ type }) => type !== 'series'))('is read: $type', (line) => {
  expect(isRead(line)).toBe(true);
});
