import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { closest } from 'fastest-levenshtein';
import { type Mistake, UserError } from '../core/errors.ts';
import { isObject } from '../core/k6-shapes/recognise.ts';
import type { StoredRun } from '../core/run-summary.ts';
import { formatDuration } from '../core/units.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import type { Project } from './project.ts';
import { parseJson, readSummaryFile, shownPath } from './read-summary-file.ts';
import { expectKnownVersion } from './validate-summary.ts';

/** A stored run, and the folder with its log and its timeline, if it has one. */
export interface ReadRun {
  readonly run: StoredRun;
  readonly folder?: string;
}

export interface ReadRuns {
  /** At least one, in the order in which they were named, each once. */
  readonly runs: readonly ReadRun[];
  /** Where the runs are those of one joint test, and no others. */
  readonly joint?: JointRecord;
  readonly jointFolder?: string;
  /** What was left out, one sentence each. */
  readonly notes: readonly string[];
}

const SUMMARY = 'summary.json';
const JOINT = 'joint.json';
const LATEST = 'latest';

/**
 * Reads the runs that are named: run folders, folders of joint tests, run ids of the project, summaries of any shape;
 * with no name, what `results/latest` names.
 * @throws UserError for a name of nothing, and for whatever cannot be read
 */
export function readRuns(names: readonly string[], project: Pick<Project, 'resultsFolder'>): ReadRuns {
  const { parts, unreadable } = readParts(names, project);
  const [mistake] = unreadable;
  if (mistake !== undefined) throw new UserError(mistake);
  const all = parts.flatMap(({ runs }) => runs);
  const { kept, notes } = dropDuplicates(all);
  const joints = parts.filter(({ joint }) => joint !== undefined);
  const [only] = joints;
  const isJointAlone =
    only !== undefined && kept.every(({ run }) => only.runs.some((each) => each.run.runId === run.runId));
  return {
    runs: kept,
    ...(isJointAlone && only.joint !== undefined && only.jointFolder !== undefined
      ? { joint: only.joint, jointFolder: only.jointFolder }
      : {}),
    notes: [
      ...parts.flatMap((part) => part.notes),
      ...notes,
      ...(joints.length > 0 && !isJointAlone
        ? ['These are the runs of more than one test: the joint verdict of each is left out.']
        : []),
    ],
  };
}

/** What could be read of what was named, and what could not. */
export interface ReadInputs {
  readonly runs: readonly ReadRun[];
  readonly unreadable: readonly (Mistake & { readonly name: string })[];
  /** Runs of joint tests that were planned and left no summary. */
  readonly missingRuns: number;
  readonly notes: readonly string[];
}

/** Reads the runs that are named as readRuns does; what cannot be read is told beside what can. */
export function readInputs(names: readonly string[], project: Pick<Project, 'resultsFolder'>): ReadInputs {
  const { parts, unreadable } = readParts(names, project);
  const { kept, notes } = dropDuplicates(parts.flatMap(({ runs }) => runs));
  const missing = new Map(
    parts.flatMap(({ joint, runs }) =>
      joint === undefined ? [] : [[joint.runId, Math.max(0, joint.planned.length - runs.length)] as const],
    ),
  );
  return {
    runs: kept,
    unreadable,
    missingRuns: [...missing.values()].reduce((sum, count) => sum + count, 0),
    notes: [...parts.flatMap((part) => part.notes), ...notes],
  };
}

function readParts(
  names: readonly string[],
  project: Pick<Project, 'resultsFolder'>,
): { readonly parts: readonly Part[]; readonly unreadable: ReadInputs['unreadable'] } {
  const parts: Part[] = [];
  const unreadable: ReadInputs['unreadable'][number][] = [];
  for (const name of names.length > 0 ? names : [undefined]) {
    try {
      const place = name === undefined ? latestFolder(project) : locate(name, project);
      parts.push(isFolder(place) ? readFolder(place) : readFile(place));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unreadable.push({ name: name ?? shownPath(path.join(project.resultsFolder, LATEST)), ...error.mistake });
    }
  }
  return { parts, unreadable };
}

interface Part {
  readonly runs: readonly ReadRun[];
  readonly notes: readonly string[];
  readonly joint?: JointRecord;
  readonly jointFolder?: string;
}

function readFolder(folder: string): Part {
  if (existsSync(path.join(folder, JOINT))) return readJoint(folder);
  if (existsSync(path.join(folder, SUMMARY))) return readFile(path.join(folder, SUMMARY));
  throw withoutSummary(folder);
}

function readFile(file: string): Part {
  if (path.basename(file) === JOINT) return readJoint(path.dirname(file));
  const run = readSummaryFile(file);
  const isInRunFolder = path.basename(file) === SUMMARY && run.source === 'k6-verdict';
  return { runs: [{ run, ...(isInRunFolder ? { folder: path.dirname(file) } : {}) }], notes: [] };
}

/** The runs of a joint test lie beside its folder. One that k6 died of has no summary, and the others still count. */
function readJoint(folder: string): Part {
  const joint = readJointRecord(path.join(folder, JOINT));
  const folders = joint.runIds.map((runId) => path.join(path.dirname(folder), runId));
  const whole = folders.filter((each) => existsSync(path.join(each, SUMMARY)));
  if (whole.length === 0) {
    throw new UserError({
      what: `Not one run of the joint test ${joint.runId} has a summary.`,
      received: folders.length === 0 ? 'no run was started' : `no ${SUMMARY} in ${folders.map(shownPath).join(', ')}`,
      expected: `the folders of its runs beside ${shownPath(folder)}`,
      todo: 'bring them back, or run the test again',
    });
  }
  return {
    runs: whole.map((each) => ({ run: readSummaryFile(path.join(each, SUMMARY)), folder: each })),
    notes: folders
      .filter((each) => !whole.includes(each))
      .map(
        (each) =>
          `${path.basename(each)} has no summary and is left out: ${existsSync(each) ? whyWithoutSummary(each) : 'its folder is gone'}.`,
      ),
    joint,
    jointFolder: folder,
  };
}

function readJointRecord(file: string): JointRecord {
  const json = parseJson(readFileSync(file, 'utf8'), file);
  if (isObject(json)) expectKnownVersion(json, shownPath(file), 1);
  if (isJointRecord(json)) return json;
  throw new UserError({
    what: `${shownPath(file)} does not name the runs of a joint test.`,
    received: isObject(json)
      ? `an object with ${Object.keys(json).slice(0, 12).join(', ') || 'no members'}`
      : 'no object',
    expected: 'testId, runId, suite, purpose, startedAt, endedAt, planned and runIds, as k6-verdict writes them',
  });
}

function isJointRecord(json: unknown): json is JointRecord {
  if (!isObject(json) || json.schemaVersion !== 1) return false;
  const texts = ['testId', 'runId', 'suite', 'purpose', 'startedAt', 'endedAt'];
  const isPlan = (plan: unknown) =>
    isObject(plan) && typeof plan.scenario === 'string' && typeof plan.plan === 'string';
  return (
    texts.every((key) => typeof json[key] === 'string') &&
    Array.isArray(json.planned) &&
    json.planned.every(isPlan) &&
    Array.isArray(json.runIds) &&
    json.runIds.every(isFolderName)
  );
}

/** A name, and not a way out of the folder. */
function isFolderName(name: unknown): name is string {
  return typeof name === 'string' && /^[^/\\]+$/.test(name) && name !== '.' && name !== '..';
}

/** The processes of one run share its id, and are told apart by their number. */
function dropDuplicates(runs: readonly ReadRun[]): {
  readonly kept: readonly ReadRun[];
  readonly notes: readonly string[];
} {
  const kept = new Map<string, ReadRun>();
  const dropped = new Map<string, number>();
  for (const each of runs) {
    const { runId, instance = 1 } = each.run;
    const key = `${runId} ${instance}`;
    if (kept.has(key)) dropped.set(runId, (dropped.get(runId) ?? 0) + 1);
    else kept.set(key, each);
  }
  return {
    kept: [...kept.values()],
    notes: [...dropped].map(([runId, times]) => `${runId} was named ${times + 1} times, and counts once.`),
  };
}

function isFolder(place: string): boolean {
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
  throw new UserError({
    what: 'There is no such run.',
    received: JSON.stringify(name),
    expected: 'a run folder, a file with a summary, or the id of a run in results/',
    todo:
      known.length > 0
        ? `did you mean "${shownPath(path.join(resultsFolder, closest(path.basename(name), known)))}"?`
        : RUN_ONE,
  });
}

const RUN_ONE = 'run a test first, such as: npx k6-verdict run smoke';

function listRunFolders(resultsFolder: string): string[] {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder)
    .filter((name) => [SUMMARY, JOINT].some((file) => existsSync(path.join(resultsFolder, name, file))))
    .sort();
}

/** @throws UserError when no run was made, or the last one's folder is gone */
function latestFolder({ resultsFolder }: Pick<Project, 'resultsFolder'>): string {
  const file = path.join(resultsFolder, LATEST);
  if (!existsSync(file)) {
    throw new UserError({
      what: 'There is no latest run.',
      received: `no file ${shownPath(file)}`,
      expected: 'the name of a run folder in it',
      todo: `name a run folder or a summary, or ${RUN_ONE}`,
    });
  }
  const name = readFileSync(file, 'utf8').trim();
  if (isFolderName(name) && existsSync(path.join(resultsFolder, name))) return path.join(resultsFolder, name);
  const newest = listRunFolders(resultsFolder).at(-1);
  throw new UserError({
    what: `The latest run is gone: ${shownPath(file)} names a folder that is not there.`,
    received: JSON.stringify(name.slice(0, 120)),
    expected: `a folder in ${shownPath(resultsFolder)}`,
    todo: newest === undefined ? RUN_ONE : `name another one, such as ${shownPath(path.join(resultsFolder, newest))}`,
  });
}

function withoutSummary(folder: string): UserError {
  const inside = readdirSync(folder);
  const runs = listRunFolders(folder);
  if (runs.length > 0) {
    return new UserError({
      what: `${shownPath(folder)} is not a run, but holds ${runs.length === 1 ? 'one' : runs.length}.`,
      expected: 'the folder of one run or of one joint test',
      todo: `name one of them, such as ${shownPath(path.join(folder, runs.at(-1) ?? ''))}`,
    });
  }
  if (!inside.includes('k6.log')) {
    const json = inside.filter((name) => name.endsWith('.json'));
    return new UserError({
      what: `${shownPath(folder)} is not the folder of a run.`,
      received: inside.length === 0 ? 'an empty folder' : `a folder with ${inside.slice(0, 8).join(', ')}`,
      expected: `a folder with ${SUMMARY} or ${JOINT}`,
      ...(json[0] === undefined ? {} : { todo: `name a file in it, such as ${shownPath(path.join(folder, json[0]))}` }),
    });
  }
  return new UserError({
    what: `The run ${path.basename(folder)} has no summary: there is nothing to report or to judge.`,
    received: `${whyWithoutSummary(folder)}${startOf(folder)}`,
    expected: `${SUMMARY} in ${shownPath(folder)}`,
    todo: `read ${shownPath(path.join(folder, 'k6.log'))} for what k6 said last, and run the test again`,
  });
}

/** The name of a run folder begins with the time at which it was made. */
function startOf(folder: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(path.basename(folder)) ?? [];
  if (year === undefined) return '';
  const startedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return `; it was started ${formatDuration(Math.max(0, Math.round((Date.now() - startedAt) / 1000)))} ago`;
}

/** A run without a summary is under way, or died. */
function whyWithoutSummary(folder: string): string {
  return existsSync(path.join(folder, '.measured.json'))
    ? "k6's figures could not be judged; they are kept in .measured.json"
    : 'k6 died before it wrote its figures, or the run has not ended yet';
}
