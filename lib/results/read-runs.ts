import { type Mistake, UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import { counted } from '../core/spec/words.ts';
import { fileMistake } from '../files/file-mistake.ts';
import { shownPath } from '../files/shown-path.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import { findRun, latestFile } from './find-run.ts';
import type { Project } from './project.ts';
import { type NamedRuns, type ReadRun, readRun } from './read-run.ts';
import { CONTENT_HASH_LENGTH } from './read-summary-file.ts';
import { hasNoName, tellApart } from './tell-apart.ts';

export type { ReadRun } from './read-run.ts';

export interface ReadRuns {
  /** At least one, in the order in which they were named, each once. */
  readonly runs: readonly ReadRun[];
  /** Where the runs are those of one joint test, and no others. */
  readonly joint?: JointRecord;
  readonly jointFolder?: string;
  /** What was left out, one sentence each. */
  readonly notes: readonly string[];
}

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
    ...(isJointAlone ? present({ joint: only.joint, jointFolder: only.jointFolder }) : {}),
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
  /** One sentence for each joint test of which plans are missing. */
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/** Reads the runs that are named as readRuns does; what cannot be read is told beside what can. */
export function readInputs(names: readonly string[], project: Pick<Project, 'resultsFolder'>): ReadInputs {
  const { parts, unreadable } = readParts(names, project);
  const { kept, notes } = dropDuplicates(parts.flatMap(({ runs }) => runs));
  const missing = new Map(
    parts.flatMap(({ joint, runs }) =>
      joint === undefined ? [] : [[joint.runId, missingPlans(joint, runs)] as const],
    ),
  );
  return {
    runs: kept,
    unreadable,
    missingRuns: sum([...missing.values()].map(({ plans }) => plans.length)),
    missing: [...missing].flatMap(([runId, { of, plans, unplanned }]) => [
      ...(plans.length === 0 ? [] : [`${of - plans.length} of ${of} plans of ${runId}, without ${plans.join(', ')}`]),
      ...(unplanned.length === 0 || plans.length > 0
        ? []
        : [
            `the ${counted(of, 'plan')} of ${runId}, and beside ${of === 1 ? 'it' : 'them'} ${unplanned.join(', ')}, which it did not plan`,
          ]),
    ]),
    notes: [...parts.flatMap((part) => part.notes), ...notes],
  };
}

/** The plans that no run of the joint test has, and the runs that none of its plans has: a run counts for one of them, however often it is named. */
function missingPlans(
  { planned }: JointRecord,
  runs: readonly ReadRun[],
): { readonly of: number; readonly plans: readonly string[]; readonly unplanned: readonly string[] } {
  const left = dropDuplicates(runs).kept.map(({ run }) => run);
  const plans = planned.flatMap(({ scenario, plan }) => {
    const at = left.findIndex((run) => run.scenario === scenario && run.plan === plan);
    if (at === -1) return [nameOfPlan(scenario, plan)];
    left.splice(at, 1);
    return [];
  });
  return {
    of: planned.length,
    plans,
    unplanned: left.map(({ scenario, plan }) => nameOfPlan(scenario, plan)),
  };
}

/** A script has none. */
function nameOfPlan(scenario: string, plan: string | undefined): string {
  return plan === undefined ? scenario : `${scenario} (${plan})`;
}

function readParts(
  names: readonly string[],
  project: Pick<Project, 'resultsFolder'>,
): { readonly parts: readonly NamedRuns[]; readonly unreadable: ReadInputs['unreadable'] } {
  const parts: NamedRuns[] = [];
  const unreadable: ReadInputs['unreadable'][number][] = [];
  for (const name of names.length > 0 ? names : [undefined]) {
    try {
      parts.push(readRun(findRun(name, project)));
    } catch (error) {
      const mistake = fileMistake(error);
      if (mistake === undefined) throw error;
      unreadable.push({ name: name ?? shownPath(latestFile(project)), ...mistake.mistake });
    }
  }
  return { parts, unreadable };
}

/** The processes of one run share its id, and are told apart by their number. */
function dropDuplicates(runs: readonly ReadRun[]): {
  readonly kept: readonly ReadRun[];
  readonly notes: readonly string[];
} {
  const kept = new Map<string, ReadRun>();
  const dropped = new Map<string, number>();
  for (const each of runs) {
    const { runId, instance = 1, mergedFrom } = each.run;
    // A merged run has the number of its first process, and is another one.
    const key = `${contentOf(each) ?? runId} ${mergedFrom === undefined ? instance : 'merged'}`;
    if (kept.has(key)) dropped.set(runId, (dropped.get(runId) ?? 0) + 1);
    else kept.set(key, each);
  }
  return {
    kept: tellApart([...kept.values()]),
    notes: [...dropped].map(([runId, times]) => `${runId} was named ${times + 1} times, and counts once.`),
  };
}

/** Of a file of k6's own, which names no run: what its run id says of its content. A copy of it is no other run. */
function contentOf({ run }: ReadRun): string | undefined {
  return hasNoName(run) ? run.runId.slice(-CONTENT_HASH_LENGTH) : undefined;
}
