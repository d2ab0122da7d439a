import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { keepLog } from './keep-log.ts';
import { isCount, LogDigest } from './log-digest.ts';

const at = (second: number) => `time="2026-11-27T13:00:${String(second % 60).padStart(2, '0')}Z" level=warning`;
const failed = (i: number, cause = 'connect: connection refused') =>
  `${at(i)} msg="Request Failed" error="Get \\"http://127.0.0.1:${1000 + i}/api/orders/${i}?x=${i}\\": dial tcp 127.0.0.1:${1000 + i}: ${cause}"`;

function digestOf(lines: readonly string[]): { kept: string[]; counts: string[] } {
  const digest = new LogDigest();
  const kept = lines.flatMap((line) => digest.take(line) ?? []);
  return { kept, counts: digest.counts() };
}

it('keeps the first lines of each cause, and counts the others', () => {
  const lines = Array.from({ length: 3_017 }, (_, i) => failed(i));
  const timeouts = Array.from({ length: 4 }, (_, i) => failed(i, 'i/o timeout'));
  const error = `${at(1)} msg="GoError: boom" executor=constant-vus`;
  const { kept, counts } = digestOf([...lines, ...timeouts, error]);
  expect(kept).toEqual([...lines.slice(0, 5), ...timeouts, error]);
  expect(counts).toEqual([`... and 3,012 more of this kind: ${lines[0]}`]);
  expect(counts.every(isCount)).toBe(true);
});

it('counts them in the other shape of the log as well', () => {
  const lines = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({ level: 'warning', msg: 'Request Failed', error: `Get "http://a/${i}": EOF`, time: `T${i}` }),
  );
  expect(digestOf(lines).kept).toHaveLength(5);
});

it('loses nothing of what is said seldom: other words, and what is no log', () => {
  const lines = [
    'panic: runtime error: invalid memory address',
    'goroutine 1 [running]:',
    ...Array.from({ length: 30 }, (_, i) => `\t/src/file.go:${i} +0x1d`),
    ...'abcdefghij'.split('').map((word) => `${at(1)} msg="warning ${word}"`),
  ];
  expect(digestOf(lines)).toEqual({ kept: lines, counts: [] });
});

it('has an end, however many kinds there are, and however long a line is', () => {
  const word = (i: number) => i.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  const { kept, counts } = digestOf(Array.from({ length: 1_000 }, (_, i) => `${at(i)} msg="about ${word(i)}"`));
  expect(kept).toHaveLength(200);
  expect(counts).toEqual(['... and 800 of further kinds']);
  expect(digestOf([`${at(1)} ${'x'.repeat(100_000)}`]).kept[0]?.length).toBeLessThan(10_000);
  expect(digestOf(Array.from({ length: 20_007 }, () => 'said')).counts).toEqual(['... and 7 further lines']);
});

it('is what the file of the log gets', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'k6.log');
  writeFileSync(file, '');
  const text = Array.from({ length: 7 }, (_, i) => failed(i)).join('\n');
  await keepLog(Readable.from([text.slice(0, 100), text.slice(100)].map((part) => Buffer.from(part))), file);
  expect(readFileSync(file, 'utf8')).toBe(
    `${text.split('\n').slice(0, 5).join('\n')}\n... and 2 more of this kind: ${failed(0)}\n`,
  );
});
