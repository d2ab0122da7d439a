import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../report/model/report.ts';
import { toldByReport } from '../testing/told-by-report.ts';
import { callTool, temporaryFolder } from './tool.ts';

/** Holds the report of a run's k6-summary.json against that of its summary.json. */
export async function expectK6SummaryToTellTheSame(folder: string): Promise<void> {
  const out = path.join(temporaryFolder(), 'told');
  const { exitCode, stderr } = await callTool(['report', path.join(folder, 'k6-summary.json'), '--out', out]);
  expect(exitCode, stderr).toBe(0);
  const [fromK6, own] = [out, folder].map(
    (each) => JSON.parse(readFileSync(path.join(each, 'report.json'), 'utf8')) as Report,
  );
  if (fromK6 === undefined || own === undefined) throw new Error('A report of nothing');
  expect(toldByReport(fromK6)).toEqual(toldByReport(own));
}
