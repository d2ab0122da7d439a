import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { shownName } from '../core/spec/shown.ts';
import { baselineFile, readBaseline, saysBaseline } from './baseline-file.ts';
import { isReleaseName } from './baseline-name.ts';
import type { Project } from './project.ts';
import { readRuns } from './read-runs.ts';

/** The runs that some names stand for, and what a reader must know of them. */
export interface Read {
  readonly runs: readonly StoredRun[];
  readonly notes: readonly string[];
}

/**
 * The runs of base; undefined where the name is that of a release that was never saved. Anything that looks like a path
 * is a mistake when it is not there.
 * @throws UserError for what cannot be read
 */
export function readBase(names: readonly string[], project: Project): Read | undefined {
  const isUnknownRelease = (name: string) =>
    isReleaseName(name) &&
    !existsSync(path.resolve(name)) &&
    !existsSync(path.join(project.resultsFolder, name)) &&
    !existsSync(baselineFile(name, project));
  return names.length > 0 && names.every(isUnknownRelease) ? undefined : readNamed(names, project);
}

/** @throws UserError for what cannot be read */
export function readNamed(names: readonly string[], project: Project): Read {
  const all = names.flatMap((name) => expand(name, project));
  const plain = all.filter((name) => !isBaseline(name));
  const fromRuns = plain.length === 0 ? { runs: [], notes: [] } : readRuns(plain, project);
  const fromBaselines = all.filter(isBaseline).flatMap((file) => readBaseline(file).runs);
  return { runs: [...fromBaselines, ...fromRuns.runs.map(({ run }) => run)], notes: fromRuns.notes };
}

/** A glob that no shell expanded, or the name of a baseline. */
function expand(name: string, project: Project): string[] {
  if (existsSync(path.resolve(name))) return [name];
  if (isReleaseName(name) && existsSync(baselineFile(name, project))) return [baselineFile(name, project)];
  if (!isDynamicPattern(name)) return [name];
  const found = globSync(name.replaceAll(path.sep, '/'), { onlyFiles: false, expandDirectories: false }).sort();
  if (found.length > 0) return found.map((each) => each.replace(/\/$/, ''));
  throw new UserError({
    what: 'The pattern matches nothing.',
    received: shownName(name),
    expected: 'run folders or summaries, such as "results/*-sustained-*"',
  });
}

function isBaseline(name: string): boolean {
  return name.endsWith('.json') && existsSync(name) && statSync(name).isFile() && saysBaseline(name);
}
