import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Report } from '../../report/model/report.ts';
import { callTool, temporaryFolder } from '../tool.ts';

it('every question that can be asked shortly is answered in one joint report, and the soak is its only gap', {
  timeout: 900_000,
}, async () => {
  const results = temporaryFolder();
  const { exitCode, stdout, stderr } = await callTool(['suite', 'all', '--results', results]);
  const folder = path.join(results, readFileSync(path.join(results, 'latest'), 'utf8').trim());
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
  expect(report.gaps.map(({ question }) => question)).toEqual(['Does it leak or slow down over hours?']);
  expect(report.studies.map(({ study }) => study.kind)).toEqual([
    ...['sequential', 'breakpoint', 'pool', 'recovery', 'recovery', 'websocket', 'rate-limit'],
  ]);
  expect(report.studies.filter(({ study }) => study.invalid !== undefined)).toEqual([]);
  expect(
    report.runs.map(({ scenario, verdict }) => `${scenario} ${verdict}`).filter((each) => !each.endsWith('pass')),
  ).toEqual([]);
  expect(`${exitCode} ${stdout}\n${stderr}`).toMatch(/^0 /);
});
