import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { withoutSummary } from './no-summary.ts';

it('a folder that is none of a run names a file that may be a summary, and not one of a project', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['package.json', 'tsconfig.json']) writeFileSync(path.join(folder, name), '{}');
  expect(withoutSummary(folder).message).not.toContain('to do:');
  writeFileSync(path.join(folder, 'raw.json'), '{}');
  expect(withoutSummary(folder).message).toMatch(/name a file in it, such as .*raw\.json$/);
});
