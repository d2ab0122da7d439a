import path from 'node:path';
import { mergeRuns, type RunPart } from '../core/judge/merge-runs.ts';
import { isRecordOf } from '../core/judge/records-together.ts';
import { type RunSummary, type StoredRun, summaryOf } from '../core/judge/run-summary.ts';
import type { RunRecord } from '../core/measure/record/read-record.ts';
import { UserError } from '../core/spec/errors.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import { shownPath } from '../files/shown-path.ts';
import { type Project, projectAround } from '../results/project.ts';
import { readRuns } from '../results/read-runs.ts';
import { tryToReadRecordIn } from '../results/record.ts';
import { createMergedFolder, writeResult } from '../results/run-folder.ts';
import { runOf, type StoredSummary } from '../results/stored-summary.ts';
import type { Terminal } from '../results/terminal.ts';
import { expectWhole, expectWholeScript } from '../results/validate-summary.ts';
import { printReport, REPORT_PAGE, writeReport } from '../results/write-report.ts';
import { mergeSegments } from '../run/merge-segments.ts';
import { mergeScriptParts } from './merge-script-parts.ts';

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
  const unrecorded: number[] = [];
  const merged = mergeStored(request, project, unrecorded);
  if (unrecorded.length > 0)
    terminal.say(
      `Instance ${unrecorded.join(', ')} has no record beside its summary: percentiles are mixed of what the summaries say, and nothing is known over time.`,
    );
  const folder = createMergedFolder(project, merged.runId);
  writeResult(folder, 'summary.json', `${JSON.stringify(merged, null, 1)}\n`);
  const report = await writeReport(folder, { runs: [{ run: runOf(merged), folder }] }, project);
  await printReport(report, terminal);
  terminal.say(
    `Merged ${merged.mergedFrom?.length} processes into ${shownPath(folder)}; report: ${shownPath(path.join(folder, REPORT_PAGE))}`,
  );
  return EXIT.pass;
}

/** @param unrecorded takes the instances without a record */
function mergeStored(request: MergeRequest, project: Project, unrecorded: number[]): StoredSummary {
  const [first] = request.names.slice(0, 1).flatMap((name) => readRuns([name], project).runs);
  const name = 'the merged summary';
  if (first?.run.source === 'script') return expectWholeScript(mergeScriptParts(request.names, project), name);
  return expectWhole(mergeParts(request, project, unrecorded), name);
}

/**
 * Parts that were sent one after another (`run --segment`) are the whole in another way than those sent side by side.
 * @param unrecorded takes the instances without a record
 */
function mergeParts({ names }: MergeRequest, project: Project, unrecorded: number[]): RunSummary {
  const [first] = oneByOne(names.slice(0, 1), project);
  const of = first?.summary.load.consecutivePart?.of;
  const recordOf = ({ summary, folder }: StoredPart) => {
    const record = folder === undefined ? undefined : tryToReadRecordIn(folder);
    if (record !== undefined && isRecordOf(summary, record)) return record;
    unrecorded.push(summary.instance);
    return undefined;
  };
  if (first === undefined || of === undefined) return mergeRuns(withRecords(oneByOne(names, project), recordOf));
  const parts = [...oneByOne(names, project)];
  const folder = path.join(project.resultsFolder, first.summary.runId);
  const ofSummary = new Map(parts.map((part) => [part.summary, part]));
  const record = (summary: RunSummary) => recordOf(ofSummary.get(summary) ?? { summary });
  return mergeSegments(
    parts.map(({ summary }) => summary),
    of,
    folder,
    record,
    [],
  );
}

interface StoredPart {
  readonly summary: RunSummary;
  /** Where its record lies; absent for a summary elsewhere. */
  readonly folder?: string;
}

function* withRecords(
  parts: Iterable<StoredPart>,
  recordOf: (part: StoredPart) => RunRecord | undefined,
): Generator<RunPart> {
  for (const part of parts) yield { summary: part.summary, ...present({ record: recordOf(part) }) };
}

/** Each once, however often it is named; a thousand of them do not fit into memory as they are. */
function* oneByOne(names: readonly string[], project: Project): Generator<StoredPart> {
  const seen = new Set<string>();
  for (const name of names) {
    for (const { run, folder } of readRuns([name], project).runs) {
      const summary = ownSummary(run);
      const key = `${summary.runId} ${summary.instance} ${summary.endedAt}`;
      if (!seen.has(key)) yield { summary, ...present({ folder }) };
      seen.add(key);
    }
  }
}

function ownSummary(run: StoredRun): RunSummary {
  if (run.source === 'k6-verdict') return summaryOf(run);
  throw new UserError({
    what: 'Only the processes of one run of k6-verdict can be merged: other summaries store too few percentiles.',
    received: `${run.runId}, a summary of ${run.source}`,
    expected:
      'summary.json of run folders (k6-verdict run --run-id <id> --instance <i>/<n>), all of a scenario or all of a script',
  });
}
