import { readScriptSummary, type ScriptSummary } from '../core/foreign/script/script-run.ts';
import { asStored, type RunSummary, type StoredRun, summaryOf } from '../core/judge/run-summary.ts';
import { shownPath } from '../files/shown-path.ts';
import type { ReadRun } from './read-run.ts';
import { readSummaryJson } from './read-summary-file.ts';
import { validateRunSummary, validateScriptSummary } from './validate-summary.ts';

/** `summary.json` as we wrote it: of a scenario, or of a script of somebody else. */
export type StoredSummary = RunSummary | ScriptSummary;

/** @throws UserError that names what is wrong, and where */
export function validateStoredSummary(json: Readonly<Record<string, unknown>>, file: string): StoredSummary {
  return json.source === 'script' ? validateScriptSummary(json, file) : validateRunSummary(json, file);
}

/** The run that a summary tells of, judged again. */
export function runOf(summary: StoredSummary): StoredRun {
  return 'source' in summary ? readScriptSummary(summary) : asStored(summary);
}

/**
 * What a run was read from, if that is a summary of ours.
 * @throws UserError for a file that has changed since, and is none any more
 */
export function storedSummaryOf({ run, file }: ReadRun): StoredSummary | undefined {
  if (run.source === 'k6-verdict') return summaryOf(run);
  if (run.source !== 'script' || file === undefined) return undefined;
  return validateScriptSummary(readSummaryJson(file), shownPath(file));
}
