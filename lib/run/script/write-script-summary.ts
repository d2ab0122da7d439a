import type { ScriptSummary } from '../../core/foreign/script/script-run.ts';
import { SUMMARY } from '../../results/find-run.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { removeUnfinished } from '../unfinished-file.ts';

/**
 * Writes the summary of a run of a script. Once it is there, what it was made from is not needed any more.
 * @param write a file of the folder, whole or not at all. @returns whether it is where it belongs
 */
export function writeScriptSummary(
  folder: RunFolder,
  summary: ScriptSummary,
  write: (name: string, content: string) => boolean,
): void {
  if (write(SUMMARY, `${JSON.stringify(summary, null, 1)}\n`)) removeUnfinished(folder);
}
