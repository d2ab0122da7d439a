import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeWarnings } from './k6-warnings.ts';

function logOf(...lines: string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'k6.log'), lines.join('\n'));
  return path.join(folder, 'k6.log');
}

const WORDS = 'There were unknown fields in the options exported in the script';

it.each([
  `time="t" level=warning msg="${WORDS}" error="json: unknown field \\"virtualUsers\\""`,
  `{"error":"json: unknown field \\"virtualUsers\\"","level":"warning","msg":"${WORDS}"}`,
])('an option that k6 ignores is named: %s', (line) => {
  const warnings = describeWarnings(logOf('level=info msg=before', line, 'level=info msg=after'));
  expect(warnings).toEqual([expect.stringMatching(/: virtualUsers\./)]);
});

it('more time series than k6 is made for are told once', () => {
  const line = (count: number) => `level=warning msg="The test has generated metrics with ${count} unique time series"`;
  expect(describeWarnings(logOf(line(100_041), line(202_893)))).toEqual([expect.stringMatching(/need one name/)]);
});

it('of other lines nothing is said', () => {
  expect(describeWarnings(logOf('level=info msg="unknown fields in the options"', 'level=warning msg=x'))).toEqual([]);
  expect(describeWarnings('/nowhere/k6.log')).toEqual([]);
});
