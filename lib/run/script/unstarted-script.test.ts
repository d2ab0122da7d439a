import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runFolderAt } from '../../results/run-folder.ts';
import { tellUnstarted, wordsOf } from './unstarted-script.ts';

describe('the words of a k6 that did not begin', () => {
  it.each([
    [
      'time="t" level=warning msg="w"\ntime="t" level=error msg="Error: no \\"x\\"\\n\\tat a.js:2" hint="script exception"\n',
      'Error: no "x"\n\tat a.js:2',
    ],
    ['{"level":"error","msg":"unknown executor","time":"t"}\n{"level":"info","msg":"bye"}', 'unknown executor'],
    ['level=error msg="first"\n... and 3 more of this kind: level=error msg="first"', 'first'],
    ['panic: something\ngoroutine 1', 'goroutine 1'],
    ['', ''],
  ])('%j', (log, words) => {
    expect(wordsOf(log)).toBe(words);
  });
});

it('what --flat-memory cannot do is a mistake of whoever asked for it', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'unstarted-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const logFile = path.join(folder, 'k6.log');
  const words = "could not create the 'verdict' output: thresholds with abortOnFail need k6's engine: checks: rate>0.9";
  writeFileSync(logFile, `time="t" level=error msg="${words}"\n`);
  const terminal = { print: () => undefined, say: () => expect.fail(), annotate: () => undefined, hasColour: false };
  const unstarted = { folder: runFolderAt(folder), terminal, end: { exitCode: 104, signal: undefined } };
  expect(() => tellUnstarted(unstarted, false)).toThrow(/abortOnFail of checks: rate>0.9/);
});
