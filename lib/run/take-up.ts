import { existsSync } from 'node:fs';
import path from 'node:path';
import { asStored } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { shownPath } from '../files/shown-path.ts';
import { findRun, isFolder, JOINT, SUMMARY } from '../results/find-run.ts';
import { readJointRecord } from '../results/joint-file.ts';
import type { Project } from '../results/project.ts';
import { compressRecord } from '../results/record.ts';
import { runFolderAt, writeResult } from '../results/run-folder.ts';
import type { Terminal } from '../results/terminal.ts';
import { writeReport } from '../results/write-report.ts';
import { completeUnfinished, readUnfinished, type UnfinishedRun } from './unfinished-run.ts';
import { writeSummary } from './write-summary.ts';

/**
 * Finishes the runs among those that are named which k6 measured and of which the tool was killed before it wrote their
 * summary: summary and report are made now, as they would have been. What cannot be finished is said, and stays as it is.
 */
export async function takeUpRuns(names: readonly string[], project: Project, terminal: Terminal): Promise<void> {
  for (const name of names.length === 0 ? [undefined] : names) {
    for (const folder of foldersOf(name, project)) {
      const unfinished = existsSync(path.join(folder, SUMMARY)) ? undefined : readUnfinished(runFolderAt(folder));
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

async function takeUp(place: string, unfinished: UnfinishedRun, project: Project, terminal: Terminal): Promise<void> {
  const folder = runFolderAt(place, unfinished.runId);
  try {
    // Before it is compressed: the time of its last change is when k6 ended.
    const finished = completeUnfinished(folder, unfinished);
    await compressRecord(folder.recordFile);
    if (finished === undefined) return;
    const { summary, measurement } = finished;
    writeSummary(folder, summary, measurement, (name, content) => {
      writeResult(folder.path, name, content);
      return true;
    });
    await writeReport(folder.path, { runs: [{ run: asStored(summary), folder: folder.path }] }, project);
    const how = unfinished.endedAt === undefined ? ', as those of a run that was cut off: nobody saw k6 end' : '';
    terminal.say(
      `${shownPath(folder.path)} was measured and not finished: k6-verdict was killed. Its summary and its report are made now${how}.`,
    );
  } catch (error) {
    const why = error instanceof UserError ? error.mistake.what : (error as Error).message;
    terminal.say(`${shownPath(folder.path)} was measured and not finished, and cannot be finished: ${why}`);
  }
}
