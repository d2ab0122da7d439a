import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../e2e/tool.ts';
import { type AbRecord, abRecordFile, readSelfCheck, writeAbRecord } from './ab-record.ts';
import { KeptResults } from './kept-results.ts';

const run = { side: 'base', pair: 1, runId: 'run-1', isUsable: true } as const;
const record: AbRecord = {
  schemaVersion: 1,
  runId: 'ab-1',
  scenario: 'sustained',
  isSelfCheck: true,
  startedAt: '2026-11-24T19:00:00.000Z',
  endedAt: '2026-11-24T19:30:00.000Z',
  pairsPerLook: 5,
  looks: 1,
  runs: [run, { ...run, side: 'head', runId: 'run-2', isUsable: false }],
};

describe('the record of an ab', () => {
  it('is read as it was written', () => {
    const folder = temporaryFolder();
    const { schemaVersion: _, ...written } = record;
    writeAbRecord(new KeptResults(folder), written);
    expect(readSelfCheck(folder)).toEqual(record);
    expect(JSON.parse(readFileSync(abRecordFile(folder), 'utf8'))).toEqual(record);
  });

  it.each<[object, RegExp]>([
    [{ isSelfCheck: false }, /received: a comparison of two releases/],
    [{ schemaVersion: 2 }, /ab\.json was written by a newer k6-verdict/],
    [{ schemaVersion: undefined }, /received: schemaVersion is missing/],
    [{ runs: {} }, /received: runs must be a list, not an object/],
    [
      { runs: [run, { ...run, side: 'left' }] },
      /received: runs\[1\]\.side must be one of "base", "head", not another text/,
    ],
    [{ runs: [{ ...run, pair: 0.5 }] }, /received: runs\[0\]\.pair must be a whole number, not 0\.5/],
    [
      { runs: [{ ...run, runId: '../x' }] },
      /received: runs\[0\]\.runId must be the name of a folder, not another text/,
    ],
  ])('is refused with %j', (changes, message) => {
    const folder = temporaryFolder();
    writeFileSync(abRecordFile(folder), JSON.stringify({ ...record, ...changes }));
    expect(() => readSelfCheck(folder)).toThrow(message);
  });

  it('is refused where there is none', () => {
    expect(() => readSelfCheck(temporaryFolder())).toThrow(
      /does not name pairs of base against base\.\n {2}received: no such file/,
    );
  });
});
