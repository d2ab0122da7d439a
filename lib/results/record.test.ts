import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import facts from '../core/measure/fixtures/timeline-facts.json' with { type: 'json' };
import { compressTimeline, readTimeline, timelineFile } from './timeline.ts';

const compressed = readFileSync(new URL('../core/measure/fixtures/timeline.ndjson.gz', import.meta.url));
const plain = gunzipSync(compressed);

function runFolder(files: Readonly<Record<string, Uint8Array | string>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-timeline-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

describe('readTimeline', () => {
  it.each([
    ['compressed', { 'timeline.ndjson.gz': compressed }],
    ['plain, as a killed run leaves it', { 'timeline.ndjson': plain }],
    ['plain beside one that was being compressed', { 'timeline.ndjson': plain, 'timeline.ndjson.gz': '' }],
  ])('reads a record that is %s', (_, files) => {
    const { timeline, note } = readTimeline(runFolder(files), facts);
    expect(note).toBeUndefined();
    expect(timeline?.points).toHaveLength(6);
  });

  it('reads a compressed record as far as it goes', () => {
    const folder = runFolder({ 'timeline.ndjson.gz': compressed.subarray(0, compressed.length - 1500) });
    const { timeline, note } = readTimeline(folder, facts);
    expect(timeline?.points.length).toBeGreaterThan(1);
    expect(note).toMatch(/cut off/);
  });

  it.each([
    ['is missing', {}, /nothing recorded them/],
    ['is empty', { 'timeline.ndjson': '' }, /empty record/],
    ['is compressed and empty', { 'timeline.ndjson.gz': '' }, /empty record|cannot be read/],
    ['is not compressed at all', { 'timeline.ndjson.gz': 'hello' }, /cannot be read \(incorrect header check\)/],
  ])('notes that a record %s', (_, files, note) => {
    expect(readTimeline(runFolder(files), facts)).toEqual({ note: expect.stringMatching(note) });
  });
});

describe('compressTimeline', () => {
  it('leaves the compressed record only', async () => {
    const file = timelineFile(runFolder({ 'timeline.ndjson': plain }));
    expect(await compressTimeline(file)).toBeUndefined();
    expect(existsSync(file)).toBe(false);
    expect(gunzipSync(readFileSync(`${file}.gz`))).toEqual(plain);
  });

  it('has nothing to do where nothing was recorded', async () => {
    const folder = runFolder();
    expect(await compressTimeline(timelineFile(folder))).toBeUndefined();
    expect(readTimeline(folder, facts).timeline).toBeUndefined();
  });

  it('keeps the record as it is, and says so, where it cannot be compressed', async () => {
    const folder = runFolder({ 'timeline.ndjson': plain });
    mkdirSync(path.join(folder, 'timeline.ndjson.gz'));
    expect(await compressTimeline(timelineFile(folder))).toMatch(/could not be compressed: .*EISDIR/);
    expect(readTimeline(folder, facts).timeline?.points).toHaveLength(6);
  });
});
