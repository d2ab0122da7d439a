import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EVENT_KEY } from '../core/studies/events.ts';
import { consoleArguments, consoleFile, readEvents, takeEvents } from './study-events.ts';

function folderWith(lines: readonly string[] | undefined) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-events-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const run = { runId: 'r', path: folder, logFile: path.join(folder, 'k6.log'), measuredFile: '' };
  writeFileSync(run.logFile, 'before\n');
  if (lines !== undefined) writeFileSync(consoleFile(run), lines.join('\n'));
  return run;
}

const line = (text: string) => `time="2026-11-24T13:04:37Z" level=info msg=${JSON.stringify(text)}`;
const event = (content: object) => line(JSON.stringify({ [EVENT_KEY]: content }));

it('events are taken out of what the script says, and the rest goes into the log', () => {
  const own = line('hello "world"');
  const run = folderWith([event({ a: 1 }), own, event({ text: 'a "quoted" one \\ and é' }), '']);
  expect(takeEvents(run)).toEqual([{ a: 1 }, { text: 'a "quoted" one \\ and é' }]);
  expect(readFileSync(run.logFile, 'utf8')).toBe(`before\n${own}\n`);
  expect(existsSync(consoleFile(run))).toBe(false);
  expect(consoleArguments(run)).toEqual([`--console-output=${consoleFile(run)}`]);
});

it('a line that was cut off is no event, and is kept', () => {
  const cut = event({ a: 1 }).slice(0, -6);
  const run = folderWith([cut]);
  expect(takeEvents(run)).toEqual([]);
  expect(readFileSync(run.logFile, 'utf8')).toContain(cut);
});

it('events are read while the script still runs, and left where they are', () => {
  const run = folderWith([event({ a: 1 }), line('hello'), event({ b: 2 }).slice(0, -6)]);
  expect(readEvents(run)).toEqual([{ a: 1 }]);
  expect(readEvents(run)).toEqual([{ a: 1 }]);
});

it('a script that said nothing has no events', () => {
  expect(readEvents(folderWith(undefined))).toEqual([]);
  expect(takeEvents(folderWith(undefined))).toEqual([]);
});
