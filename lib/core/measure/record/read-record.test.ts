import { describe, expect, it } from 'vitest';
import { type RawSample, recordLines } from '../../../testing/record-lines.ts';
import { UnreadableRecord } from './expect-line.ts';
import { RecordReader, readRecord } from './read-record.ts';

const read = (text: string) => readRecord(text.split('\n'));

const ok = { endpoint: 'list', status: '200' };
const samples: readonly RawSample[] = [
  { metric: 'http_req_duration', value: 12, tags: ok },
  { metric: 'http_req_duration', value: 30, tags: ok },
  { metric: 'http_req_duration', value: 5, tags: { endpoint: 'list', status: '500' } },
  { metric: 'data_received', kind: 'counter', contains: 'data', value: 1000 },
  { metric: 'vus', kind: 'gauge', value: 7 },
  { metric: 'checks', kind: 'rate', value: 1 },
  { metric: 'checks', kind: 'rate', value: 0 },
];
const period = (second: number, of = samples) => ({ fromMs: second * 1000, toMs: (second + 1) * 1000, samples: of });

describe('a record', () => {
  const limits = [{ metric: 'http_req_duration', tags: { status: '200' }, values: [20] }];
  const whole = recordLines({
    start: { atMs: 900, test: { version: 1 }, options: { localIPs: '10.0.0.1' } },
    limits,
    periods: [
      period(1),
      period(2, [
        { metric: 'http_req_duration', value: 21, tags: ok },
        { metric: 'vus', kind: 'gauge', value: 9 },
        { metric: 'vus', kind: 'gauge', value: 2 },
      ]),
    ],
    samples: [{ metric: 'verdict_event', atMs: 1500, value: 1, tags: { a: 'b' }, metadata: { event: '{}' } }],
    end: { atMs: 3100, droppedTexts: 2 },
  });

  it('says what k6 was told and when it ended', () => {
    const record = read(whole);
    expect(record).toMatchObject({
      startedAtMs: 900,
      lastAtMs: 3100,
      test: { version: 1 },
      options: { localIPs: '10.0.0.1' },
      isWhole: true,
    });
    expect(record.end).toEqual({ droppedTexts: 2 });
    expect(record.samples).toEqual([
      { metric: 'verdict_event', atMs: 1500, value: 1, tags: { a: 'b' }, metadata: { event: '{}' } },
    ]);
    expect(record.overTime.lanes).toEqual([]);
  });

  it('has each series over all periods', () => {
    const [durations, failures, ...others] = read(whole).series;
    expect(durations).toMatchObject({ metric: 'http_req_duration', kind: 'trend', contains: 'time', tags: ok });
    const { trend } = durations?.kind === 'trend' ? durations : expect.fail('it is no trend');
    expect(trend).toMatchObject({ count: 3, sum: 63, min: 12, max: 30 });
    expect(trend.histogram.count).toBe(3);
    expect(trend.beyond).toEqual([{ limit: 20, countAtOrAbove: 2, largestBelow: 12, smallestAtOrAbove: 21 }]);
    expect(failures).toMatchObject({ tags: { status: '500' }, trend: { count: 1, beyond: [] } });
    expect(others).toEqual([
      { metric: 'data_received', kind: 'counter', contains: 'data', tags: {}, sum: 1000, count: 1 },
      { metric: 'vus', kind: 'gauge', contains: 'default', tags: {}, last: 2, min: 2, max: 9 },
      { metric: 'checks', kind: 'rate', contains: 'default', tags: {}, trues: 1, total: 2 },
    ]);
  });

  it('says of nothing that it was there when k6 was killed before its first period', () => {
    const [start = '', series = ''] = whole.split('\n');
    expect(readRecord([start])).toMatchObject({ startedAtMs: 900, lastAtMs: 900, isWhole: false, end: {}, series: [] });
    expect(readRecord([start, series]).series).toEqual([]);
  });

  it('is read up to each letter of it, as far as its whole lines go', () => {
    const lines = whole.split('\n');
    const firstEnd = lines[0]?.length ?? 0;
    for (let length = firstEnd; length < whole.length; length++) {
      const text = whole.slice(0, length);
      const wholeLines = lines.filter((_, i) => lines.slice(0, i + 1).join('\n').length <= length);
      expect(read(text)).toEqual(read(wholeLines.join('\n')));
    }
    expect(() => read(whole.slice(0, firstEnd - 1))).toThrow(/^k6 left an empty record/);
  });

  it('without a script of ours has no test', () => {
    expect(read(recordLines({}))).not.toHaveProperty('test');
  });

  it("has the script's thresholds, what k6 made of them, and where requests went", () => {
    const thresholds = [{ metric: 'checks', source: 'rate>0.9', abortOnFail: false }];
    const judged = [{ metric: 'checks', source: 'rate>0.9', failed: true }];
    const hosts = [{ host: 'a.example' }, { address: '10.0.0.7:443' }, { host: 'b.example:81' }];
    const record = read(recordLines({ start: { thresholds }, hosts, end: { judged, hostsUnknown: true } }));
    expect(record).toMatchObject({ thresholds, judged, end: { hostsUnknown: true } });
    expect(record.end).not.toHaveProperty('judged');
    expect(record).toMatchObject({ hosts: ['a.example', 'b.example:81'], addresses: ['10.0.0.7:443'] });
  });

  it('has none of them where the script has none and k6 was killed', () => {
    const record = read(recordLines({ end: false }));
    expect(record).toMatchObject({ thresholds: [], hosts: [], addresses: [] });
    expect(record).not.toHaveProperty('judged');
  });
});

describe('what is no record is refused:', () => {
  const lines = recordLines({ periods: [period(1), period(2)] })
    .split('\n')
    .slice(0, -1);
  const [start = '', ...rest] = lines;
  const last = rest.length + 1;

  it.each<[string, readonly string[], string]>([
    ['nothing', [], 'k6 left an empty record'],
    ['empty lines', ['', ''], 'k6 left an empty record'],
    ['another beginning', rest, 'line 1 does not begin a record'],
    ['a list', ['[]'], 'line 1 does not begin a record'],
    [
      'another format',
      [start.replace('"format":1', '"format":2'), ...rest],
      'line 1 begins a record of another format',
    ],
    ['a broken line in the middle', [start, '{"type":', ...rest], 'line 2 is no JSON'],
    ['a number in the middle', [start, '7', ...rest], 'line 2 is no JSON'],
    ['a line of another kind', [start, '{"type":"log"}', ...rest], 'line 2 is none of'],
    ['a second start', [start, start], 'line 2 is none of'],
    ['a series twice', [start, rest[0] ?? '', ...rest], 'line 3 has an id'],
    ['a period twice', [...lines.slice(0, -1), lines.at(-2) ?? ''], `line ${last} begins before the end`],
    ['a line after the end', [...lines, lines.at(-2) ?? ''], `line ${last + 1} follows the end`],
    ['a misfit at the end', [start, ...rest.slice(0, -1), '{"type":"end"}'], `line ${last} has no time`],
  ])('%s', (_, all, message) => {
    expect(() => readRecord(all)).toThrow(UnreadableRecord);
    expect(() => readRecord(all)).toThrow(message);
  });

  it('repeats nothing of what it says', () => {
    const secret = ['s3cret', { s3cret: 's3cret' }];
    for (const [i, line] of lines.entries())
      for (const key of Object.keys(JSON.parse(line)))
        for (const value of secret) {
          const changed = JSON.stringify({ ...JSON.parse(line), [key]: value });
          try {
            readRecord(lines.with(i, changed));
          } catch (error) {
            expect(String(error)).not.toContain('s3cret');
          }
        }
  });
});

it('a reader takes lines one by one', () => {
  const reader = new RecordReader();
  for (const line of recordLines({ periods: [period(1)] }).split('\n')) reader.add(line);
  expect(reader.end().series).toHaveLength(5);
});
