import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { recordOfRun } from '../testing/record-of-run.ts';
import { compressRecord, recordFile } from './record.ts';
import { readTimeline } from './timeline.ts';

const SECONDS = 6;
const { text: plain, facts } = recordOfRun({ seconds: SECONDS, okPerSecond: 10 });
const compressed = gzipSync(plain);

function runFolder(files: Readonly<Record<string, Uint8Array | string>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-record-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

describe('readTimeline', () => {
  it.each([
    ['compressed', { 'record.ndjson.gz': compressed }],
    ['plain, as a killed tool leaves it', { 'record.ndjson': plain }],
    ['plain beside one that was being compressed', { 'record.ndjson': plain, 'record.ndjson.gz': '' }],
  ])('reads a record that is %s', (_, files) => {
    const { timeline, note } = readTimeline(runFolder(files), facts);
    expect(note).toBeUndefined();
    expect(timeline?.points).toHaveLength(SECONDS);
  });

  it('reads a record that was cut off as far as it goes', () => {
    const cut = plain.slice(0, plain.length - 700);
    for (const files of [{ 'record.ndjson': cut }, { 'record.ndjson.gz': gzipSync(cut).subarray(0, -9) }]) {
      const { timeline, note } = readTimeline(runFolder(files), facts);
      expect(timeline?.points.length).toBeGreaterThan(1);
      expect(note).toMatch(/cut off/);
    }
  });

  it.each([
    ['is missing', {}, /nothing recorded them/],
    ['is empty', { 'record.ndjson': '' }, /empty record/],
    ['is compressed and empty', { 'record.ndjson.gz': '' }, /empty record|cannot be read/],
    ['is not compressed at all', { 'record.ndjson.gz': 'hello' }, /cannot be read \(incorrect header check\)/],
    [
      'is of another program',
      { 'record.ndjson': '{"type":"start","format":1,"atMs":0,"options":{}}\n' },
      /not of a load test/,
    ],
  ])('notes that a record %s', (_, files, note) => {
    expect(readTimeline(runFolder(files), facts)).toEqual({ note: expect.stringMatching(note) });
  });
});

describe('compressRecord', () => {
  it('leaves the compressed record only', async () => {
    const file = recordFile(runFolder({ 'record.ndjson': plain }));
    expect(await compressRecord(file)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
    expect(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')).toBe(plain);
  });

  it('has nothing to do where nothing was recorded', async () => {
    const folder = runFolder();
    expect(await compressRecord(recordFile(folder))).toBeUndefined();
    expect(readTimeline(folder, facts).timeline).toBeUndefined();
  });

  it('keeps the record as it is, and says so, where it cannot be compressed', async () => {
    const folder = runFolder({ 'record.ndjson': plain });
    mkdirSync(path.join(folder, 'record.ndjson.gz'));
    expect(await compressRecord(recordFile(folder))).toMatch(/could not be compressed: .*EISDIR/);
    expect(readTimeline(folder, facts).timeline?.points).toHaveLength(SECONDS);
  });
});
