import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { followFile } from './follow-file.ts';

function emptyFile(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'out');
  writeFileSync(file, '');
  return file;
}

it('lines come while the file grows, each whole and once, the last one without its break', async () => {
  const file = emptyFile();
  const lines: string[] = [];
  const end = followFile(file, (line) => lines.push(line));
  appendFileSync(file, 'one\ntw');
  await expect.poll(() => lines).toEqual(['one']);
  appendFileSync(file, `o ${'x'.repeat(200_000)}\n\nü`);
  end();
  expect(lines).toEqual(['one', `two ${'x'.repeat(200_000)}`, '', 'ü']);
});

it('a file in which nothing was written has no lines', () => {
  const lines: string[] = [];
  followFile(emptyFile(), (line) => lines.push(line))();
  expect(lines).toEqual([]);
});
