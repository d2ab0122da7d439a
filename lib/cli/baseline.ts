import { existsSync } from 'node:fs';
import { workloadDifferences } from '../compare/workload-difference.ts';
import { expectDistinctRuns } from '../core/judge/expect-distinct.ts';
import { verdictText } from '../core/judge/verdict-text.ts';
import { didYouMean } from '../core/spec/closest.ts';
import { UserError } from '../core/spec/errors.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import { shownName } from '../core/spec/shown.ts';
import { formatCount, formatMoment, formatMs, formatRate } from '../core/spec/units.ts';
import { shownPath } from '../files/shown-path.ts';
import { oneLine, plainTable } from '../report/terminal-text.ts';
import {
  type BaselineRun,
  baselineFile,
  hasWorkload,
  listBaselines,
  readBaseline,
  writeBaseline,
} from '../results/baseline-file.ts';
import { isReleaseName } from '../results/baseline-name.ts';
import { type Project, projectAround } from '../results/project.ts';
import { type ReadRun, readRuns } from '../results/read-runs.ts';
import { runOf, storedSummaryOf } from '../results/stored-summary.ts';
import type { Terminal } from '../results/terminal.ts';

export interface BaselineRequest {
  readonly resultsFolder?: string;
  readonly workingFolder: string;
}

export interface SaveRequest extends BaselineRequest {
  /** A name that can be a file's. */
  readonly release: string;
  readonly names: readonly string[];
  /** Takes runs that did not pass as well. */
  readonly allowsFailed: boolean;
  /** Replaces a baseline of that name. */
  readonly replaces: boolean;
}

/**
 * Keeps the runs of a release in a file to commit.
 * @returns the exit code
 * @throws UserError for runs that make no baseline
 */
export async function saveBaseline(request: SaveRequest, terminal: Terminal): Promise<number> {
  const project = projectAround(request);
  const { release } = request;
  const file = baselineFile(release, project);
  if (existsSync(file) && !request.replaces) {
    throw new UserError({
      what: `There is a baseline ${release} already.`,
      received: shownPath(file),
      expected: 'another release, or --replace',
    });
  }
  const runs = comparable(readRuns(request.names, project).runs);
  expectDistinctRuns(runs.map(runOf));
  if (!request.allowsFailed) expectPassed(runs);
  // Of this release, whatever the runs were called.
  const summaries = runs.map((run) => ({ ...run, release }));
  writeBaseline(release, summaries, new Date(), project);
  terminal.print(
    `Baseline ${release}: ${summaries.length} ${summaries.length === 1 ? 'run' : 'runs'} of ${runs[0]?.scenario} in ${shownPath(file)}. Commit it.`,
  );
  if (summaries.length < 3)
    terminal.say('A baseline of fewer than 3 runs cannot tell how much two runs of the same release differ.');
  return EXIT.pass;
}

/** @throws UserError for runs that do not say what their workload was, or do not have the same one */
function comparable(runs: readonly ReadRun[]): BaselineRun[] {
  const summaries = runs.map((read) => {
    const summary = storedSummaryOf(read);
    if (summary !== undefined && hasWorkload(summary)) return summary;
    throw new UserError({
      what: 'A baseline is made of runs of k6-verdict: others do not say what their workload was.',
      received:
        summary === undefined
          ? `${read.run.runId}, a summary of ${read.run.source}`
          : `${read.run.runId}, a run of a script by an earlier version`,
      expected: 'run folders, or summary.json files',
    });
  });
  const [first] = summaries;
  const other = summaries.find(({ fingerprint }) => fingerprint !== first?.fingerprint);
  if (first === undefined || other === undefined) return summaries;
  const differences = workloadDifferences(runOf(first), runOf(other));
  throw new UserError({
    what: 'These runs do not have the same workload.',
    received: [`${first.runId} (${first.scenario}) and ${other.runId} (${other.scenario})`, ...differences].join('; '),
    expected: 'repetitions of one scenario, or of one script, with the same settings',
  });
}

function expectPassed(runs: readonly BaselineRun[]): void {
  const failed = runs.map(runOf).filter(({ verdict }) => verdict !== 'pass');
  if (failed.length === 0) return;
  throw new UserError({
    what: 'A release that did not pass makes no baseline.',
    received: failed.map(({ runId, verdict }) => `${runId}: ${verdictText(verdict)}`).join('; '),
    expected: 'runs that passed, or --allow-failed',
  });
}

/** Prints every baseline, one per line; one that cannot be read says so. */
export function printBaselines(request: BaselineRequest, terminal: Terminal): number {
  const project = projectAround(request);
  const releases = listBaselines(project);
  if (releases.length === 0) {
    terminal.print('There are no baselines. Save one: npx k6-verdict baseline save <release> <runs...>');
    return EXIT.pass;
  }
  const table = plainTable(['release', 'scenario', 'runs', 'saved', 'workload']);
  for (const release of releases) {
    try {
      const { baseline } = readBaseline(baselineFile(release, project));
      const { scenario, runs, savedAt, fingerprint } = baseline;
      table.push([release, oneLine(scenario), String(runs.length), savedAt.slice(0, 10), fingerprint.slice(7, 19)]);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      table.push([release, oneLine(error.mistake.what), '', '', '']);
    }
  }
  terminal.print(table.toString());
  return EXIT.pass;
}

/** Prints the runs of one baseline. @throws UserError when there is none */
export function showBaseline(release: string, request: BaselineRequest, terminal: Terminal): number {
  const project = projectAround(request);
  const { baseline, runs } = readBaseline(existingBaseline(release, project));
  const { scenario, savedAt, fingerprint } = baseline;
  const table = plainTable(['run', 'verdict', 'requests', 'p95 of successful responses', 'goodput']);
  for (const { runId, verdict, totals, load } of runs) {
    const { p95 } = totals.latencyMs.ok;
    table.push([
      oneLine(runId),
      verdictText(verdict),
      formatCount(totals.requests),
      p95 === undefined ? 'not measured' : formatMs(p95),
      goodputText(totals.outcomes.ok ?? 0, load.windowSeconds),
    ]);
  }
  terminal.print(
    `Baseline ${release}: ${oneLine(scenario)}, saved ${formatMoment(savedAt)}, workload ${fingerprint}\n\n${table.toString()}`,
  );
  return EXIT.pass;
}

function goodputText(ok: number, windowSeconds = 0): string {
  return windowSeconds > 0 ? formatRate(ok / windowSeconds) : 'not measured';
}

function existingBaseline(release: string, project: Project): string {
  const file = baselineFile(release, project);
  if (isReleaseName(release) && existsSync(file)) return file;
  const known = listBaselines(project);
  throw new UserError({
    what: 'There is no such baseline.',
    received: shownName(release),
    expected: known.length > 0 ? `one of: ${known.join(', ')}` : 'a release that was saved',
    ...present({
      todo: known.length > 0 ? didYouMean(release, known) : 'npx k6-verdict baseline save <release> <runs...>',
    }),
  });
}
