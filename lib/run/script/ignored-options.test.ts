import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { describeIgnoredOption } from './ignored-options.ts';

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
  expect(describeIgnoredOption(logOf('level=info msg=before', line, 'level=info msg=after'))).toMatch(
    /: virtualUsers\./,
  );
});

it('where k6 ignored none, nothing is said', () => {
  expect(describeIgnoredOption(logOf('level=info msg="unknown field"'))).toBeUndefined();
  expect(describeIgnoredOption('/nowhere/k6.log')).toBeUndefined();
});
