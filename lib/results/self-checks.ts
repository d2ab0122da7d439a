import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { readSelfCheck, type Side } from './ab-record.ts';
import type { Project } from './project.ts';
import { readRuns } from './read-runs.ts';

/** Pairs of base against base: how much runs differ when nothing changed. */
export interface SelfChecks {
  readonly base: readonly StoredRun[];
  readonly head: readonly StoredRun[];
}

/** The pairs that `ab --aa` left in its folders, those of which both runs can be used; undefined without a folder. */
export function readSelfChecks(folders: readonly string[], project: Project): SelfChecks | undefined {
  if (folders.length === 0) return undefined;
  const pairs = folders.flatMap((folder) => pairsIn(folder, project));
  return { base: pairs.map(({ base }) => base), head: pairs.map(({ head }) => head) };
}

function pairsIn(folder: string, project: Project): { readonly base: StoredRun; readonly head: StoredRun }[] {
  const place = existsSync(folder) ? folder : path.join(project.resultsFolder, folder);
  const { runs } = readSelfCheck(place);
  const runOf = (pair: number, side: Side) => {
    const found = runs.find((each) => each.pair === pair && each.side === side && each.isUsable);
    return found && readRuns([path.join(path.dirname(place), found.runId)], project).runs[0]?.run;
  };
  return [...new Set(runs.map(({ pair }) => pair))].flatMap((pair) => {
    const [base, head] = [runOf(pair, 'base'), runOf(pair, 'head')];
    return base === undefined || head === undefined ? [] : { base, head };
  });
}
