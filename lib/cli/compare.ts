import { compareRuns } from '../compare/compare-runs.ts';
import type { ComparisonPolicy } from '../compare/policy.ts';
import { expectDistinctRuns } from '../core/judge/expect-distinct.ts';
import { expectOrdinaryRuns } from '../core/judge/ordinary-load.ts';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { COMPARE_EXIT } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import { shownName } from '../core/spec/shown.ts';
import { listBaselines } from '../results/baseline-file.ts';
import { readBase, readNamed } from '../results/compared-runs.ts';
import { readComparisonPolicy } from '../results/comparison-policy.ts';
import { projectAround } from '../results/project.ts';
import { expectOutputs } from '../results/publish.ts';
import { type ComparisonOutputs, publishComparison } from '../results/publish-comparison.ts';
import { createComparisonFolder } from '../results/run-folder.ts';
import { readSelfChecks } from '../results/self-checks.ts';
import type { Terminal } from '../results/terminal.ts';

export interface CompareRequest {
  /** Run folders, run ids, summaries, globs, baselines by release. */
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly earlier: readonly string[];
  /** Folders of `ab --aa`: the noise when nothing changed. */
  readonly selfChecks: readonly string[];
  /** Of one run, 0-1: for one run against one. */
  readonly assumedNoiseCv?: number;
  readonly policy: ComparisonPolicy;
  /** Whether a baseline that is not there ends with 0. */
  readonly allowsMissingBaseline: boolean;
  readonly outputs: ComparisonOutputs;
  readonly resultsFolder?: string;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Compares stored runs.
 * @returns the exit code, by COMPARE_EXIT
 * @throws UserError for runs that cannot be read
 */
export async function compare(request: CompareRequest, terminal: Terminal): Promise<number> {
  const { outputs, environment, assumedNoiseCv } = request;
  const project = projectAround(request);
  expectOutputs(outputs);
  const head = readNamed(request.head, project);
  const base = readBase(request.base, project);
  if (base === undefined) {
    terminal.say(describeMissing(request.base, listBaselines(project)));
    return request.allowsMissingBaseline ? COMPARE_EXIT.pass : COMPARE_EXIT.incomparable;
  }
  expectOthers(base.runs, head.runs);
  expectDistinctRuns([...base.runs, ...head.runs]);
  expectOrdinaryRuns([...base.runs, ...head.runs]);
  const comparison = compareRuns({
    base: base.runs,
    head: head.runs,
    earlier: request.earlier.length === 0 ? [] : readNamed(request.earlier, project).runs,
    ...present({ assumedNoiseCv, selfChecks: readSelfChecks(request.selfChecks, project) }),
    policy: { ...readComparisonPolicy(project.root, new Date()), ...request.policy },
    notes: [...base.notes, ...head.notes],
  });
  const folder = createComparisonFolder(project, new Date());
  const isAllWritten = await publishComparison(comparison, folder, outputs, { terminal, environment });
  return comparison.exitCode === COMPARE_EXIT.pass && !isAllWritten ? COMPARE_EXIT.badInput : comparison.exitCode;
}

function describeMissing(names: readonly string[], known: readonly string[]): string {
  return [
    `There is no baseline ${names.map(shownName).join(', ')}: nothing was compared.`,
    `  expected: ${known.length > 0 ? `one of ${known.join(', ')}, or ` : ''}runs`,
    '  to do:    npx k6-verdict baseline save <release> <runs...>',
  ].join('\n');
}

/** @throws UserError for a run that is on both sides */
function expectOthers(base: readonly StoredRun[], head: readonly StoredRun[]): void {
  const both = base.filter(({ runId }) => head.some((each) => each.runId === runId));
  if (both.length === 0) return;
  throw new UserError({
    what: 'A run cannot be compared with itself.',
    received: both.map(({ runId }) => runId).join(', '),
    expected: 'other runs in --base than in --head',
  });
}
