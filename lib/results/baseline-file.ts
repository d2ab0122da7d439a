import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../core/foreign/recognise.ts';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { makeFolders } from '../files/make-folders.ts';
import { readText } from '../files/read-text.ts';
import { replaceFile } from '../files/replace-file.ts';
import { shownPath } from '../files/shown-path.ts';
import { expectShape } from './expect-shape.ts';
import type { Project } from './project.ts';
import { parseJson } from './read-summary-file.ts';
import { runOf, type StoredSummary, validateStoredSummary } from './stored-summary.ts';
import { expectKnownVersion } from './validate-summary.ts';

const KIND = 'k6-verdict baseline';
const VERSION = 1;

/** The stored runs of one release, as a file that is committed and reviewed. */
export interface Baseline {
  readonly kind: typeof KIND;
  readonly schemaVersion: typeof VERSION;
  readonly release: string;
  /** ISO 8601 UTC. */
  readonly savedAt: string;
  readonly scenario: string;
  readonly fingerprint: string;
  readonly runs: readonly BaselineRun[];
}

/** One that says what its workload was: else nothing could be compared with it. */
export type BaselineRun = StoredSummary & { readonly fingerprint: string };

export function baselineFolder({ resultsFolder }: Pick<Project, 'resultsFolder'>): string {
  return path.join(resultsFolder, 'baselines');
}

/** The file of a release's baseline, whether it is there or not. */
export function baselineFile(release: string, project: Pick<Project, 'resultsFolder'>): string {
  return path.join(baselineFolder(project), `${release}.json`);
}

export function listBaselines(project: Pick<Project, 'resultsFolder'>): string[] {
  const folder = baselineFolder(project);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .sort()
    : [];
}

export function writeBaseline(
  release: string,
  runs: readonly BaselineRun[],
  savedAt: Date,
  project: Pick<Project, 'resultsFolder'>,
): string {
  const [first] = runs;
  if (first === undefined) throw new Error('A baseline without runs');
  const baseline: Baseline = {
    kind: KIND,
    schemaVersion: VERSION,
    release,
    savedAt: savedAt.toISOString(),
    scenario: first.scenario,
    fingerprint: first.fingerprint,
    runs,
  };
  const file = baselineFile(release, project);
  makeFolders(path.resolve(path.dirname(file)));
  replaceFile(file, `${inFewLines(JSON.stringify(baseline, null, 1))}\n`);
  return file;
}

/** A point of a ladder is a pair of numbers, and takes no line of its own: the file is read in reviews. */
function inFewLines(json: string): string {
  return json
    .replace(/\[\s+(-?[\d.eE+-]+),\s+(-?[\d.eE+-]+)\s+\]/g, '[$1, $2]')
    .replace(/(\[[\d.eE+-]+, [\d.eE+-]+\],)\s+(?=\[)/g, '$1 ');
}

const EXPECTED = 'release, savedAt, scenario, fingerprint and runs, as `baseline save` writes them';

/** @throws UserError for a file that cannot be read, or is no baseline */
export function readBaseline(file: string): { readonly baseline: Baseline; readonly runs: readonly StoredRun[] } {
  const shown = shownPath(file);
  const json = parseJson(readText(file, { what: `${shown} cannot be read.`, expected: EXPECTED }), file);
  if (isObject(json) && json.kind === KIND) expectKnownVersion(json, shown, VERSION);
  const notWhole = {
    what: `${shown} is not a whole baseline.`,
    expected: EXPECTED,
    todo: 'save it again from the runs, or bring it back from the repository',
  };
  const stored = expectShape<StoredBaseline>('baseline', json, notWhole);
  const runs = stored.runs.map((run, i): BaselineRun => {
    const summary = validateStoredSummary(run, `${shown}, run ${i + 1}`);
    if (hasWorkload(summary) && summary.fingerprint === stored.fingerprint) return summary;
    throw new UserError({ ...notWhole, received: `${summary.runId} has another workload than the file says` });
  });
  return { baseline: { ...stored, runs }, runs: runs.map(runOf) };
}

/** Every summary of ours does, but those of scripts that an earlier version wrote. */
export function hasWorkload(summary: StoredSummary): summary is BaselineRun {
  return summary.fingerprint !== undefined;
}

/** A baseline whose runs are not looked at yet. */
type StoredBaseline = Omit<Baseline, 'runs'> & { readonly runs: readonly Readonly<Record<string, unknown>>[] };

/** Whether a file says that it is a baseline, whatever else it holds. @throws UserError for one that cannot be read */
export function saysBaseline(file: string): boolean {
  return readText(file, { what: `${shownPath(file)} cannot be read.`, expected: 'a baseline, or a summary of a run' })
    .slice(0, 200)
    .includes(KIND);
}
