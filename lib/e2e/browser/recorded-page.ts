import { expect } from 'vitest';
import { buildReport } from '../../report/model/report.ts';
import { reportDocument } from '../../report/sections/report-document.ts';
import { htmlReport } from '../../results/html-report.ts';
import { RECORDED_REPORTS } from '../recorded-reports.ts';

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 400, height: 800 } };

/** The page of a recorded report, by its name. */
export function htmlOf(name: string): string {
  const source = RECORDED_REPORTS[name] ?? expect.fail(`there is no report ${name}`);
  return htmlReport(reportDocument(buildReport(source())));
}
