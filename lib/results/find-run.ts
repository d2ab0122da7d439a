import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { closest } from '../core/spec/closest.ts';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { kindOfText, shownName } from '../core/spec/shown.ts';
import { readText } from '../files/read-text.ts';
import { shownPath } from '../files/shown-path.ts';
import type { Project } from './project.ts';

/** What tells the folder of a run, and that of a joint test. */
export const SUMMARY = 'summary.json';
/** The same run as far as k6's shape of a summary can say it. */
export const K6_SUMMARY = 'k6-summary.json';
export const JOINT = 'joint.json';

const LATEST = 'latest';

/**
 * The file or folder that is named: by its path, or by the id of a run of the project; without a name, the folder that
 * `results/latest` names.
 * @throws UserError for a name of nothing
 */
export function findRun(name: string | undefined, project: Pick<Project, 'resultsFolder'>): string {
  return name === undefined ? latestFolder(project) : locate(name, project);
}

/** The file that names the newest run. */
export function latestFile({ resultsFolder }: Pick<Project, 'resultsFolder'>): string {
  return path.join(resultsFolder, LATEST);
}

/** The folders of runs and of joint tests, the oldest first. */
export function listRunFolders(resultsFolder: string): string[] {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder)
    .filter((name) => [SUMMARY, JOINT].some((file) => existsSync(path.join(resultsFolder, name, file))))
    .sort();
}

export function isFolder(place: string): boolean {
  return statSync(place).isDirectory();
}

function locate(name: string, { resultsFolder }: Pick<Project, 'resultsFolder'>): string {
  const place = path.resolve(name);
  if (existsSync(place))
    return path.basename(place) === LATEST && !isFolder(place)
      ? latestFolder({ resultsFolder: path.dirname(place) })
      : place;
  const ofProject = path.join(resultsFolder, name);
  if (isFolderName(name) && existsSync(ofProject)) return ofProject;
  const known = listRunFolders(resultsFolder);
  const nearest = closest(path.basename(name), known);
  throw new UserError({
    what: 'There is no such run.',
    received: shownName(name),
    expected: 'a run folder, a file with a summary, or the id of a run in results/',
    ...present({
      todo: known.length === 0 ? RUN_ONE : nearest && `did you mean "${shownPath(path.join(resultsFolder, nearest))}"?`,
    }),
  });
}

const RUN_ONE = 'run a test first, such as: npx k6-verdict run smoke';

/** @throws UserError when no run was made, or the last one's folder is gone */
function latestFolder(project: Pick<Project, 'resultsFolder'>): string {
  const { resultsFolder } = project;
  const file = latestFile(project);
  if (!existsSync(file)) {
    throw new UserError({
      what: 'There is no latest run.',
      received: `no file ${shownPath(file)}`,
      expected: 'the name of a run folder in it',
      todo: `name a run folder or a summary, or ${RUN_ONE}`,
    });
  }
  const name = readText(file, {
    what: `${shownPath(file)} cannot be read.`,
    expected: 'the name of a run folder in it',
  }).trim();
  if (isFolderName(name) && existsSync(path.join(resultsFolder, name))) return path.join(resultsFolder, name);
  const newest = listRunFolders(resultsFolder).at(-1);
  throw new UserError({
    what: `The latest run is gone: ${shownPath(file)} names a folder that is not there.`,
    received: kindOfText(name),
    expected: `a folder in ${shownPath(resultsFolder)}`,
    todo: newest === undefined ? RUN_ONE : `name another one, such as ${shownPath(path.join(resultsFolder, newest))}`,
  });
}

/** A name, and not a way out of the folder. */
function isFolderName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\\]+$/.test(name) && name !== '.' && name !== '..';
}
