import { scriptFactsIn } from '../../core/judge/script/script-facts.ts';
import { readRecordIn } from '../../results/record.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import { lastChangeOf } from '../unfinished-file.ts';
import { type KnownOfScript, type ScriptSummaries, summariesOfScript } from './summary-of-script.ts';

/** What only the tool knows of a run of a script, kept beside its record until the summary is made of both. */
export interface UnfinishedScript extends Omit<KnownOfScript, 'endedAt'> {
  readonly source: 'script';
  /** Absent until k6 has ended: then nobody knows how it did. */
  readonly endedAt?: string;
}

/**
 * The summaries of a run of a script that the tool did not finish. One of which nobody saw how k6 ended is incomplete.
 * @returns undefined where there is no record of this run
 * @throws Error for a record that cannot be read
 */
export function completeUnfinishedScript(
  folder: RunFolder,
  { source: _, endedAt = lastChangeOf(folder).toISOString(), ...known }: UnfinishedScript,
): ScriptSummaries | undefined {
  const record = readRecordIn(folder.path);
  const facts = record && scriptFactsIn(record);
  if (record === undefined || facts?.runId !== known.runId) return undefined;
  return summariesOfScript(record, facts, { ...known, endedAt });
}
