import type { JointReport } from './joint-model.ts';
import type { Report } from './model.ts';

/** The report as data, for programs. */
export function renderJson(report: Report | JointReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
