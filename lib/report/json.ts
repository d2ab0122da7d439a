import type { Report } from './model/report.ts';
import { printableJson } from './printable-json.ts';

/** The report as data, for programs. */
export function renderJson(report: Report): string {
  return `${printableJson(report, 2)}\n`;
}
