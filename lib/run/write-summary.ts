import type { ScriptSummary } from '../core/foreign/script/script-run.ts';
import type { K6SummaryData } from '../core/judge/k6-summary/k6-summary.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { K6_SUMMARY, SUMMARY } from '../results/find-run.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { removeUnfinished } from './unfinished-file.ts';

/**
 * Writes the summary of a run of one k6 process, and the same in k6's own shape. Once the first is there, what it was
 * made from is not needed any more.
 * @param write a file of the folder, whole or not at all. @returns whether it is where it belongs
 */
export function writeSummary(
  folder: RunFolder,
  summary: RunSummary | ScriptSummary,
  k6Summary: K6SummaryData,
  write: (name: string, content: string) => boolean,
): void {
  if (write(SUMMARY, `${JSON.stringify(summary, null, 1)}\n`)) removeUnfinished(folder);
  write(K6_SUMMARY, `${JSON.stringify(k6Summary, null, 1)}\n`);
}
