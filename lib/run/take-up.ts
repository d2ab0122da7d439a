import { existsSync } from 'node:fs';
import path from 'node:path';
import { readScriptSummary } from '../core/foreign/script/script-run.ts';
import { k6SummaryOf } from '../core/judge/k6-summary/k6-summary.ts';
import { asStored, type StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { shownPath } from '../files/shown-path.ts';
import { findRun, isFolder, JOINT, SUMMARY } from '../results/find-run.ts';
import { readJointRecord } from '../results/joint-file.ts';
import type { Project } from '../results/project.ts';
import { compressRecord } from '../results/record.ts';
import { type RunFolder, runFolderAt, writeResult } from '../results/run-folder.ts';
import type { Terminal } from '../results/terminal.ts';
import { writeReport } from '../results/write-report.ts';
import { completeUnfinishedScript, type UnfinishedScript } from './script/unfinished-script.ts';
import { readUnfinished } from './unfinished-file.ts';
import { completeUnfinished, type UnfinishedRun } from './unfinished-run.ts';
import { writeSummary } from './write-summary.ts';

/** What only the tool knew of a run: of a scenario, or of a script. */
type Unfinished = UnfinishedRun | UnfinishedScript;

/**
 * Finishes the runs among those that are named which k6 measured and of which the tool was killed before it wrote their
 * summary: summary and report are made now, as they would have been. What cannot be finished is said, and stays as it is.
 */
export async function takeUpRuns(names: readonly string[], project: Project, terminal: Terminal): Promise<void> {
  for (const name of names.length === 0 ? [undefined] : names) {
    for (const folder of foldersOf(name, project)) {
      const isFinished = existsSync(path.join(folder, SUMMARY));
      const unfinished = isFinished ? undefined : (readUnfinished(runFolderAt(folder)) as Unfinished | undefined);
      if (unfinished !== undefined) await takeUp(folder, unfinished, project, terminal);
    }
  }
}

/** The folders of runs that a name stands for. What is wrong with it is for whoever reads them to say. */
function foldersOf(name: string | undefined, project: Project): string[] {
  try {
    const place = findRun(name, project);
    if (!isFolder(place)) return [];
    const joint = path.join(place, JOINT);
    if (!existsSync(joint)) return [place];
    return readJointRecord(joint).runIds.map((runId) => path.join(path.dirname(place), runId));
  } catch {
    return [];
  }
}

async function takeUp(place: string, unfinished: Unfinished, project: Project, terminal: Terminal): Promise<void> {
  const folder = runFolderAt(place, unfinished.runId);
  try {
    // Before it is compressed: the time of its last change is when k6 ended.
    const finished = finish(folder, unfinished);
    await compressRecord(folder.recordFile);
    if (finished === undefined) return;
    finished.write((name, content) => {
      writeResult(folder.path, name, content);
      return true;
    });
    await writeReport(folder.path, { runs: [{ run: finished.run, folder: folder.path }] }, project);
    const how =
      unfinished.endedAt === undefined ? ', as those of a run that was cut off: how k6 ended is not known' : '';
    terminal.say(
      `${shownPath(folder.path)} was measured and not finished: k6-verdict was killed. Its summary and its report are made now${how}.`,
    );
  } catch (error) {
    const why = error instanceof UserError ? error.mistake.what : (error as Error).message;
    terminal.say(`${shownPath(folder.path)} was measured and not finished, and cannot be finished: ${why}`);
  }
}

/** A run with its summary, and what writes it. */
interface Finished {
  readonly run: StoredRun;
  readonly write: (write: (name: string, content: string) => boolean) => void;
}

function finish(folder: RunFolder, unfinished: Unfinished): Finished | undefined {
  if ('source' in unfinished) {
    const finished = completeUnfinishedScript(folder, unfinished);
    if (finished === undefined) return undefined;
    const { summary, k6Summary } = finished;
    return { run: readScriptSummary(summary), write: (write) => writeSummary(folder, summary, k6Summary, write) };
  }
  const finished = completeUnfinished(folder, unfinished);
  if (finished === undefined) return undefined;
  const { summary, measurement } = finished;
  return {
    run: asStored(summary),
    write: (write) => writeSummary(folder, summary, k6SummaryOf(summary, measurement), write),
  };
}
