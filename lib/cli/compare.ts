import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { compareRuns } from '../compare/compare-runs.ts';
import type { ComparisonPolicy } from '../compare/policy.ts';
import { UserError } from '../core/errors.ts';
import { COMPARE_EXIT } from '../core/exit-codes.ts';
import type { StoredRun } from '../core/run-summary.ts';
import { isOrdinaryLoad } from '../core/studies/study.ts';
import { readSelfCheck } from './ab-record.ts';
import { baselineFile, isReleaseName, listBaselines, readBaseline, saysBaseline } from './baseline-file.ts';
import { readComparisonPolicy } from './comparison-policy.ts';
import { findProject, type Project } from './project.ts';
import { type ComparisonOutputs, expectOutputs, publishComparison } from './publish-comparison.ts';
import { readRuns } from './read-runs.ts';
import { shownPath } from './read-summary-file.ts';
import { createComparisonFolder } from './run-folder.ts';
import type { Terminal } from './session.ts';
import { COMPARISON_PAGE, writeComparison } from './write-comparison.ts';

export interface CompareRequest {
  /** Run folders, run ids, summaries, globs, baselines by release. */
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly earlier: readonly string[];
  /** Folders of `ab --aa`: the noise when nothing changed. */
  readonly selfChecks: readonly string[];
  /** Of one run, 0-1. */
  readonly assumedNoiseCv?: number;
  readonly policy: ComparisonPolicy;
  /** Whether a baseline that is not there ends with 0. */
  readonly allowsMissingBaseline: boolean;
  readonly outputs: ComparisonOutputs;
  readonly resultsFolder?: string;
  readonly workingFolder: string;
}

/**
 * Compares stored runs.
 * @returns the exit code, by COMPARE_EXIT
 * @throws UserError for runs that cannot be read
 */
export async function compare(request: CompareRequest, terminal: Terminal): Promise<number> {
  const own = findProject(request.workingFolder);
  const project = { ...own, resultsFolder: request.resultsFolder ?? own.resultsFolder };
  expectOutputs(request.outputs);
  if (request.assumedNoiseCv !== undefined && (request.base.length > 1 || request.head.length > 1)) {
    throw new UserError({
      what: '--noise-cv is for one run against one: several runs have a noise of their own.',
      received: `--noise-cv beside ${request.base.length} and ${request.head.length} names`,
      expected: 'the option left out',
    });
  }
  const head = read(request.head, project);
  const base = readBase(request.base, project);
  if (base === undefined) {
    const known = listBaselines(project);
    terminal.say(
      `There is no baseline ${request.base.map((name) => JSON.stringify(name)).join(', ')}: nothing was compared.\n  expected: ${known.length > 0 ? `one of ${known.join(', ')}, or ` : ''}runs\n  to do:    npx k6-verdict baseline save <release> <runs...>`,
    );
    return request.allowsMissingBaseline ? COMPARE_EXIT.pass : COMPARE_EXIT.incomparable;
  }
  const both = base.runs.filter(({ runId }) => head.runs.some((each) => each.runId === runId));
  if (both.length > 0) {
    throw new UserError({
      what: 'A run cannot be compared with itself.',
      received: both.map(({ runId }) => runId).join(', '),
      expected: 'other runs in --base than in --head',
    });
  }
  expectOrdinaryLoad([...base.runs, ...head.runs]);
  const selfChecks = readSelfChecks(request.selfChecks, project);
  const comparison = compareRuns({
    base: base.runs,
    head: head.runs,
    earlier: request.earlier.length === 0 ? [] : read(request.earlier, project).runs,
    ...(selfChecks === undefined ? {} : { selfChecks }),
    ...(request.assumedNoiseCv === undefined ? {} : { assumedNoiseCv: request.assumedNoiseCv }),
    policy: { ...readComparisonPolicy(project.root, new Date()), ...request.policy },
    notes: [...base.notes, ...head.notes],
  });
  const folder = createComparisonFolder(project, new Date());
  await writeComparison(folder, comparison);
  await publishComparison(comparison, request.outputs, terminal);
  terminal.say(`Comparison: ${shownPath(path.join(folder, COMPARISON_PAGE))}`);
  return comparison.exitCode;
}

/** @throws UserError for runs whose latencies say nothing of how users would fare */
function expectOrdinaryLoad(runs: readonly StoredRun[]): void {
  const other = runs.find(({ study }) => !isOrdinaryLoad(study));
  if (other === undefined) return;
  throw new UserError({
    what: 'Only runs of ordinary load can be compared: this one sent what no user would, to answer a question.',
    received: `${other.runId}, a study of ${other.study?.kind}`,
    expected: 'runs of sustained, mixed, soak, ...',
    todo: 'hold its answer against the studies of the budgets instead',
  });
}

interface Read {
  readonly runs: readonly StoredRun[];
  readonly notes: readonly string[];
}

/** A release that was never saved is no baseline; anything that looks like a path is a mistake when it is not there. */
function readBase(names: readonly string[], project: Project): Read | undefined {
  const isUnknownRelease = (name: string) =>
    isReleaseName(name) &&
    !existsSync(path.resolve(name)) &&
    !existsSync(path.join(project.resultsFolder, name)) &&
    !existsSync(baselineFile(name, project));
  return names.length > 0 && names.every(isUnknownRelease) ? undefined : read(names, project);
}

function read(names: readonly string[], project: Project): Read {
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
    received: JSON.stringify(name),
    expected: 'run folders or summaries, such as "results/*-sustained-*"',
  });
}

function isBaseline(name: string): boolean {
  return name.endsWith('.json') && existsSync(name) && statSync(name).isFile() && saysBaseline(name);
}

/** The pairs of base against base that `ab --aa` left. */
function readSelfChecks(
  folders: readonly string[],
  project: Project,
): { readonly base: StoredRun[]; readonly head: StoredRun[] } | undefined {
  if (folders.length === 0) return undefined;
  const base: StoredRun[] = [];
  const head: StoredRun[] = [];
  for (const folder of folders) {
    const place = existsSync(folder) ? folder : path.join(project.resultsFolder, folder);
    const record = readSelfCheck(place);
    const runOf = (pair: number, side: 'base' | 'head') => {
      const found = record.runs.find((each) => each.pair === pair && each.side === side && each.isUsable);
      return found === undefined
        ? undefined
        : readRuns([path.join(path.dirname(place), found.runId)], project).runs[0]?.run;
    };
    for (const pair of new Set(record.runs.map((each) => each.pair))) {
      const [b, h] = [runOf(pair, 'base'), runOf(pair, 'head')];
      if (b === undefined || h === undefined) continue;
      base.push(b);
      head.push(h);
    }
  }
  return { base, head };
}
