import path from 'node:path';
import type { StoredRun } from '../core/judge/run-summary.ts';
import type { ReadRun } from './read-run.ts';

/** Whether a run is called by the name of its file, since nothing in the file names it. */
export function hasNoName({ source }: StoredRun): boolean {
  return source !== 'k6-verdict' && source !== 'script' && source !== 'hand-made';
}

/**
 * Runs whose files have one name are called by their folders as well, as far as these differ: `staging/summary` and
 * `canary/summary`.
 */
export function tellApart(runs: readonly ReadRun[]): ReadRun[] {
  return runs.map((each) => {
    const others = runs.filter((other) => other !== each && isCalledAlike(each, other));
    if (others.length === 0 || each.file === undefined) return each;
    const scenario = nameAmong(
      each.file,
      others.flatMap(({ file }) => file ?? []),
    );
    return { ...each, run: { ...each.run, scenario } };
  });
}

function isCalledAlike({ run }: ReadRun, { run: other }: ReadRun): boolean {
  return hasNoName(run) && hasNoName(other) && run.scenario === other.scenario;
}

/** The shortest end of a path that none of the others has. */
function nameAmong(file: string, others: readonly string[]): string {
  const parts = partsOf(file);
  for (let length = 2; length < parts.length; length += 1) {
    const name = parts.slice(-length).join('/');
    if (!others.some((other) => partsOf(other).slice(-length).join('/') === name)) return name;
  }
  return parts.join('/');
}

function partsOf(file: string): string[] {
  return path
    .resolve(file)
    .replace(/\.json$/, '')
    .split(path.sep)
    .filter((part) => part !== '');
}
