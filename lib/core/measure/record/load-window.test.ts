import { expect, it } from 'vitest';
import { linesOf, type RawPeriod, type RawRecord, type RawSample } from '../../../testing/record-lines.ts';
import { mergeRecords } from './merge-records.ts';
import { type RunRecord, readRecord } from './read-record.ts';

const vus: RawSample = { metric: 'vus', kind: 'gauge', value: 1 };
const seed: RawSample = { metric: 'http_req_duration', value: 9, tags: { group: '::setup' } };
const request: RawSample = { metric: 'http_req_duration', value: 9, tags: { scenario: 'default' } };
const second = (at: number, ...samples: readonly RawSample[]): RawPeriod => ({
  fromMs: at * 1000,
  toMs: (at + 1) * 1000,
  samples,
});
const periods = [second(0, vus, seed), second(1, vus, request), second(2, vus), second(3, request), second(4, vus)];

function read(record: RawRecord): RunRecord {
  return readRecord(linesOf({ periods, ...record }).map((line) => JSON.stringify(line)));
}

it('the load is told exactly by the end of the record', () => {
  const { loadWindow, end } = read({ end: { loadStartedAtMs: 1004.5, loadEndedAtMs: 3900.125 } });
  expect(loadWindow).toEqual({ fromMs: 1004.5, toMs: 3900.125 });
  expect(end).toEqual({});
});

it('the load of a record that was cut off is told by its periods, without users, setup() and teardown()', () => {
  expect(read({ end: false }).loadWindow).toEqual({ fromMs: 1000, toMs: 4000 });
});

it('groups tell the load where the script has no scenarios', () => {
  const grouped = (group: string): RawSample => ({ ...request, tags: { group } });
  const record = { start: { options: { systemTags: ['group'] } }, end: false } as const;
  const { loadWindow } = read({
    ...record,
    periods: [second(0, grouped('::setup')), second(1, vus, grouped('::buy'))],
  });
  expect(loadWindow).toEqual({ fromMs: 1000, toMs: 2000 });
});

it('a run that never came to its load has none', () => {
  expect(read({ periods: periods.slice(0, 1) })).not.toHaveProperty('loadWindow');
});

it('of several processes the load is from the first start to the last end', () => {
  const one = read({ end: { loadStartedAtMs: 1000, loadEndedAtMs: 3000 } });
  const other = read({ end: { loadStartedAtMs: 1500.5, loadEndedAtMs: 4000.5 } });
  const without = read({ periods: [] });
  expect(mergeRecords([one, other, without]).loadWindow).toEqual({ fromMs: 1000, toMs: 4000.5 });
  expect(mergeRecords([without])).not.toHaveProperty('loadWindow');
});
