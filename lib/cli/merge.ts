import path from 'node:path';
import { mergeRuns } from '../core/judge/merge-runs.ts';
import { asStored, type RunSummary, type StoredRun, summaryOf } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
import { shownPath } from '../files/shown-path.ts';
import { type Project, projectAround } from '../results/project.ts';
import { readRuns } from '../results/read-runs.ts';
import { createMergedFolder, writeResult } from '../results/run-folder.ts';
import type { Terminal } from '../results/terminal.ts';
import { expectWhole } from '../results/validate-summary.ts';
import { printReport, REPORT_PAGE, writeReport } from '../results/write-report.ts';
import { mergeSegments } from '../run/merge-segments.ts';

export interface MergeRequest {
  /** Run folders or summaries of the processes of one run. */
  readonly names: readonly string[];
  readonly resultsFolder?: string;
  readonly workingFolder: string;
}

/**
 * Folds the summaries of the k6 processes of one run into one, in a run folder of its own.
 * @returns the exit code: 0; the gate judges
 * @throws UserError for summaries that are not the processes of one run
 */
export async function merge(request: MergeRequest, terminal: Terminal): Promise<number> {
  const project = projectAround(request);
  const merged = expectWhole(mergeParts(request, project), 'the merged summary');
  const folder = createMergedFolder(project, merged.runId);
  writeResult(folder, 'summary.json', `${JSON.stringify(merged, null, 1)}\n`);
  const report = await writeReport(folder, { runs: [{ run: asStored(merged), folder }] }, project);
  await printReport(report, terminal);
  terminal.say(
    `Merged ${merged.mergedFrom?.length} processes into ${shownPath(folder)}; report: ${shownPath(path.join(folder, REPORT_PAGE))}`,
  );
  return EXIT.pass;
}

/** Parts that were sent one after another (`run --segment`) are the whole in another way than those sent side by side. */
function mergeParts({ names }: MergeRequest, project: Project): RunSummary {
  const [first] = oneByOne(names.slice(0, 1), project);
  const of = first?.load.consecutivePart?.of;
  if (first === undefined || of === undefined) return mergeRuns(oneByOne(names, project));
  return mergeSegments([...oneByOne(names, project)], of, path.join(project.resultsFolder, first.runId), []);
}

/** Each once, however often it is named; a thousand of them do not fit into memory as they are. */
function* oneByOne(names: readonly string[], project: Project): Generator<RunSummary> {
  const seen = new Set<string>();
  for (const name of names) {
    for (const { run } of readRuns([name], project).runs) {
      const summary = ownSummary(run);
      const key = `${summary.runId} ${summary.instance} ${summary.endedAt}`;
      if (!seen.has(key)) yield summary;
      seen.add(key);
    }
  }
}

function ownSummary(run: StoredRun): RunSummary {
  if (run.source === 'k6-verdict') return summaryOf(run);
  throw new UserError({
    what: 'Only summaries of k6-verdict can be merged: others have no ladder of quantiles.',
    received: `${run.runId}, a summary of ${run.source}`,
    expected: 'summary.json of run folders (k6-verdict run --run-id <id> --instance <i>/<n>)',
  });
}
