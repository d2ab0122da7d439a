import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../report/model/report.ts';
import { callTool, temporaryFolder } from '../tool.ts';

it('every question is answered in one joint report, and no gap is left', { timeout: 900_000 }, async () => {
  const results = temporaryFolder();
  const { exitCode, stdout, stderr } = await callTool(['suite', 'all', '--results', results]);
  const folder = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
  expect(report.gaps).toEqual([]);
  expect(report.studies.map(({ study }) => study.kind)).toEqual([
    ...['sequential', 'breakpoint', 'pool', 'recovery', 'recovery', 'soak', 'websocket', 'rate-limit'],
  ]);
  expect(report.studies.filter(({ study }) => study.invalid !== undefined)).toEqual([]);
  expect(
    report.runs.map(({ scenario, verdict }) => `${scenario} ${verdict}`).filter((each) => !each.endsWith('pass')),
  ).toEqual([]);
  expect(`${exitCode} ${stdout}\n${stderr}`).toMatch(/^0 /);
  expect(readFileSync(path.join(folder, 'report.md'), 'utf8')).toContain('Every question of the library was asked');
});
