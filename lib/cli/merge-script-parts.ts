import { mergeScripts, type ScriptPart } from '../core/foreign/script/merge-scripts.ts';
import type { ScriptSummary } from '../core/foreign/script/script-run.ts';
import { UserError } from '../core/spec/errors.ts';
import type { Project } from '../results/project.ts';
import type { ReadRun } from '../results/read-run.ts';
import { readRuns } from '../results/read-runs.ts';
import { tryToReadRecordIn } from '../results/record.ts';
import { storedSummaryOf } from '../results/stored-summary.ts';
import { fingerprintOfWorkload } from '../run/fingerprint.ts';

/**
 * Folds what the k6 processes of one run of a script left into one summary.
 * @throws UserError for what is none of them, and for one without its record
 */
export function mergeScriptParts(names: readonly string[], project: Project): ScriptSummary {
  return mergeScripts(oneByOne(names, project), fingerprintOfWorkload);
}

/** Each once, however often it is named. */
function* oneByOne(names: readonly string[], project: Project): Generator<ScriptPart> {
  const seen = new Set<string>();
  for (const name of names) {
    for (const read of readRuns([name], project).runs) {
      const summary = scriptSummaryOf(read);
      const key = `${summary.runId} ${summary.instance} ${summary.endedAt}`;
      if (!seen.has(key))
        yield { summary, record: read.folder === undefined ? undefined : tryToReadRecordIn(read.folder) };
      seen.add(key);
    }
  }
}

function scriptSummaryOf(read: ReadRun): ScriptSummary {
  const summary = storedSummaryOf(read);
  if (summary !== undefined && 'source' in summary) return summary;
  throw new UserError({
    what: 'Only the processes of one run can be merged.',
    received: `${read.run.runId}, which is no run of a script`,
    expected: 'run folders of one script (k6-verdict run <script> --run-id <id> --instance <i>/<n>)',
  });
}
