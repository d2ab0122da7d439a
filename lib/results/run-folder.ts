import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { explained } from '../files/file-mistake.ts';
import { makeFolders } from '../files/make-folders.ts';
import { readJson } from '../files/read-json.ts';
import { expectReplaceable, replaceFile } from '../files/replace-file.ts';
import { shownPath } from '../files/shown-path.ts';
import type { Project } from './project.ts';
import { recordFile } from './record.ts';

/** Where everything about one run is kept. Made before the load, so that a full or read-only disk is found in time. */
export interface RunFolder {
  readonly runId: string;
  readonly path: string;
  /** Open for k6's standard error: its warnings, and whatever it says when it dies. */
  readonly logFile: string;
  /** Written by our recorder inside k6. */
  readonly recordFile: string;
  /** Written by a k6 without it, and removed when the summary is made from it. */
  readonly measuredFile: string;
}

const LATEST = 'latest';

/** What a run leaves is seldom more: its summary, its report and the record of the run over time. */
const NEEDED_BYTES = 1024 * 1024;

/**
 * Makes the folder `<UTC>-<scenario>-<id>` of a run, and names it in `latest` unless it is a part of a larger test.
 * @throws UserError when that cannot be written
 */
export function createRunFolder(project: Project, scenario: string, now: Date, isLatest: boolean): RunFolder {
  const { runId, path: folder } = createFolder(project, scenario, now, isLatest);
  return forLoad(runId, folder);
}

/** The folder `<run>.<instance>` of one of the k6 processes of a run. @throws UserError when it is there already */
export function createPartFolder({ resultsFolder }: Project, runId: string, instance: number): RunFolder {
  return forLoad(runId, makeNew(resultsFolder, `${runId}.${instance}`));
}

/** The folder of a run that is merged from its processes. @throws UserError when it is there already */
export function createMergedFolder({ resultsFolder }: Project, runId: string): string {
  return makeNew(resultsFolder, runId);
}

/** What cannot be kept is found before the load, not after it: also a disk that is full already. */
function forLoad(runId: string, folder: string): RunFolder {
  const logFile = path.join(folder, 'k6.log');
  try {
    expectReplaceable(path.join(folder, 'summary.json'), NEEDED_BYTES);
    writeFileSync(logFile, '', { flag: 'wx' });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw notKept(error, folder);
  }
  return runFolderAt(folder, runId);
}

/** What a folder that is there holds of a run. */
export function runFolderAt(folder: string, runId = path.basename(folder)): RunFolder {
  return {
    runId,
    path: folder,
    logFile: path.join(folder, 'k6.log'),
    recordFile: recordFile(folder),
    measuredFile: path.join(folder, '.measured.json'),
  };
}

/** The folder of a test of several runs, which lie beside it. @throws UserError when it cannot be written */
export function createJointFolder(project: Project, suite: string, now: Date): Pick<RunFolder, 'runId' | 'path'> {
  return createFolder(project, suite, now, true);
}

/** The folder of a comparison that runs both sides itself; the runs lie beside it. @throws UserError when it cannot be written */
export function createAbFolder(project: Project, scenario: string, now: Date): Pick<RunFolder, 'runId' | 'path'> {
  return createFolder(project, `ab-${scenario}`, now, false);
}

/** A folder for the comparison of stored runs. @throws UserError when it cannot be written */
export function createComparisonFolder(project: Project, now: Date): string {
  return createFolder(project, 'compare', now, false).path;
}

/** A folder for the report of stored runs. @throws UserError when it cannot be written */
export function createReportFolder(project: Project, now: Date): string {
  return createFolder(project, 'report', now, false).path;
}

/**
 * A folder that somebody names for a report.
 * @param files of a report
 * @throws UserError when it cannot be made, or has a report already
 */
export function createOutFolder(folder: string, files: readonly string[]): string {
  const taken = files.find((name) => existsSync(path.join(folder, name)));
  if (taken !== undefined) {
    throw new UserError({
      what: `There is a report in ${folder} already.`,
      received: path.join(folder, taken),
      expected: 'a folder without one',
      todo: 'name another folder, or remove the report first',
    });
  }
  try {
    makeFolders(path.resolve(folder));
    return folder;
  } catch (error) {
    throw explained(error, {
      what: `The report could not be written into ${folder}.`,
      expected: 'a folder that is there or can be made',
    });
  }
}

function createFolder(
  { resultsFolder }: Project,
  name: string,
  now: Date,
  isLatest: boolean,
): Pick<RunFolder, 'runId' | 'path'> {
  const runId = `${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${safeName(name)}-${randomBytes(3).toString('hex')}`;
  const folder = makeNew(resultsFolder, runId);
  try {
    if (isLatest) replaceFile(path.join(resultsFolder, LATEST), `${runId}\n`);
  } catch (error) {
    throw notKept(error, resultsFolder);
  }
  return { runId, path: folder };
}

/** What a folder of any system may be called: scripts have the names of their files. */
function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^[.-]+/, '') || 'script';
}

function makeNew(resultsFolder: string, name: string): string {
  const folder = path.join(resultsFolder, name);
  try {
    makeFolders(path.resolve(resultsFolder));
    // Not recursive: a folder that is there already is never written into.
    mkdirSync(folder);
    return folder;
  } catch (error) {
    throw notKept(error, resultsFolder);
  }
}

function notKept(error: unknown, resultsFolder: string): UserError {
  return explained(error, {
    what: `Results cannot be kept in ${resultsFolder}: nothing was sent.`,
    expected: 'a folder that can be written, with room, and without this run in it',
  });
}

/** Writes a file of the run whole or not at all. @throws UserError where it cannot be written */
export function writeResult(folder: string, name: string, content: string): void {
  const file = path.join(folder, name);
  try {
    replaceFile(file, content);
  } catch (error) {
    throw explained(error, { what: `${shownPath(file)} cannot be written.`, expected: 'a folder that can be written' });
  }
}

/** What k6 measured; undefined when k6 wrote nothing that can be read. */
export function readMeasured(measuredFile: string): unknown {
  try {
    return readJson(measuredFile, { what: "k6's figures cannot be read.", expected: 'JSON' });
  } catch {
    return undefined;
  }
}
