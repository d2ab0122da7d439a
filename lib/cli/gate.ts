import { UserError } from '../core/errors.ts';
import { formatDuration } from '../core/units.ts';
import { dayOf } from '../core/waiver.ts';
import type { Gate } from '../report/gate/gate.ts';
import { judgeGate } from '../report/gate/judge-gate.ts';
import { renderAnnotations } from '../report/gate/render-annotations.ts';
import { renderComment } from '../report/gate/render-comment.ts';
import { renderGateJson } from '../report/gate/render-gate-json.ts';
import { renderGateTerminal } from '../report/gate/render-gate-terminal.ts';
import { renderJunit } from '../report/gate/render-junit.ts';
import { renderStepSummary } from '../report/gate/render-step-summary.ts';
import { commitOf } from './complete-summary.ts';
import { findProject } from './project.ts';
import { type ReadRun, readInputs } from './read-runs.ts';
import type { Terminal } from './session.ts';
import { expectWritable, linksOf, tellGitHub, writeOutput } from './verdict-outputs.ts';

export interface GateRequest {
  /** Run folders, run ids or summary files; none means the latest run. */
  readonly names: readonly string[];
  /** k6's exit code of a summary that does not store it, as it was given. */
  readonly k6ExitCode?: string;
  readonly printsJson: boolean;
  readonly junitFile?: string;
  readonly commentFile?: string;
  readonly resultsFolder?: string;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Judges stored runs again, without running k6, and tells the verdict wherever people look.
 * @returns the exit code, by GATE_EXIT
 * @throws UserError for options that make no sense, and for files that cannot be written; what cannot be read is a verdict
 */
export async function gate(request: GateRequest, terminal: Terminal): Promise<number> {
  const { names, environment, workingFolder, printsJson } = request;
  const outputs = outputsOf(request);
  for (const { file } of outputs) expectWritable(file);
  const k6ExitCode = request.k6ExitCode === undefined ? undefined : parseExitCode(request.k6ExitCode);
  const project = findProject(workingFolder);
  const resultsFolder = request.resultsFolder ?? project.resultsFolder;
  const now = new Date();
  const { notes, ...read } = readInputs(names, { resultsFolder });
  if (k6ExitCode !== undefined) refuseKnownCode(read.runs, request.k6ExitCode ?? '');
  const judged = judgeGate({
    ...read,
    runs: read.runs.map(({ run }) => run),
    notes: [...(names.length === 0 ? latestNotes(read.runs, commitOf(project.root), now) : []), ...notes],
    ...(k6ExitCode === undefined ? {} : { k6ExitCode }),
    today: dayOf(now),
  });
  for (const { file, render } of outputs) await writeOutput(file, render(judged));
  terminal.print((printsJson ? renderGateJson(judged) : renderGateTerminal(judged, terminal.hasColour)).trimEnd());
  if (environment.GITHUB_ACTIONS === 'true')
    tellGitHub(
      renderAnnotations(judged),
      renderStepSummary(judged),
      environment,
      printsJson ? terminal.say : terminal.print,
    );
  return judged.exitCode;
}

interface Output {
  readonly file: string;
  readonly render: (gate: Gate) => string;
}

function outputsOf({ junitFile, commentFile, environment }: GateRequest): Output[] {
  const links = linksOf(environment);
  return [
    ...(junitFile === undefined ? [] : [{ file: junitFile, render: renderJunit }]),
    ...(commentFile === undefined ? [] : [{ file: commentFile, render: (gate: Gate) => renderComment(gate, links) }]),
  ];
}

function parseExitCode(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new UserError({
    what: '--k6-exit-code is not an exit code.',
    received: JSON.stringify(text),
    expected: 'the whole number, 0 to 255, with which k6 ended',
  });
}

/** What k6 said is stored in our own summaries: nobody else is asked. */
function refuseKnownCode(runs: readonly ReadRun[], received: string): void {
  const own = runs.find(({ run }) => run.source === 'k6-verdict');
  if (own === undefined) return;
  throw new UserError({
    what: '--k6-exit-code has no meaning for a run of k6-verdict: its summary stores the code.',
    received: `--k6-exit-code ${received} beside ${own.run.runId}`,
    expected: 'the option left out, or only summaries that k6 wrote',
  });
}

/** `latest` moves when a run starts: whoever relies on it is told which run it was. */
function latestNotes(runs: readonly ReadRun[], projectCommit: string | undefined, now: Date): string[] {
  return runs.map(({ run: { runId, endedAt, commit } }) => {
    const age =
      endedAt === undefined
        ? ''
        : `, ended ${formatDuration(Math.max(0, Math.round((now.getTime() - Date.parse(endedAt)) / 1000)))} ago`;
    const at = commit === undefined ? '' : `, at commit ${commit.slice(0, 12)}`;
    const isOther = commit !== undefined && projectCommit !== undefined && commit !== projectCommit;
    return `The latest run is ${runId}${age}${at}${isOther ? `; the project is at ${projectCommit.slice(0, 12)} now` : ''}.`;
  });
}
