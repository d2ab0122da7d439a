import path from 'node:path';
import { expectNoCopies } from '../core/judge/expect-distinct.ts';
import { UserError } from '../core/spec/errors.ts';
import { GATE_EXIT } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import { formatDuration } from '../core/spec/units.ts';
import { dayOf } from '../core/spec/waiver.ts';
import { shownPath } from '../files/shown-path.ts';
import { judgeGate } from '../report/gate/judge-gate.ts';
import { withTimeline } from '../report/model/evidence.ts';
import type { Outputs } from '../results/format.ts';
import { GATE_FORMATS } from '../results/gate-formats.ts';
import { listScenarios, projectAround } from '../results/project.ts';
import { expectOutputs, publish } from '../results/publish.ts';
import { type ReadRun, readInputs } from '../results/read-runs.ts';
import type { Terminal } from '../results/terminal.ts';
import { readTimelineOf } from '../results/timeline-of-run.ts';
import { commitOf } from '../run/complete-summary.ts';
import { takeUpRuns } from '../run/take-up.ts';

export interface GateRequest {
  /** Run folders, run ids or summary files; none means the latest run. */
  readonly names: readonly string[];
  /** k6's exit code of a summary that does not store it. */
  readonly k6ExitCode?: number;
  /** Whether the declared release policy must be met. */
  readonly isReleaseRequired?: boolean;
  readonly outputs: Outputs<typeof GATE_FORMATS>;
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
  const { names, k6ExitCode, outputs, environment, isReleaseRequired = false } = request;
  expectOutputs(outputs);
  const project = projectAround(request);
  if (isReleaseRequired && project.release === undefined) throw noPolicy(project.root);
  const now = new Date();
  await takeUpRuns(names, project, terminal);
  const { notes, ...read } = readInputs(names, project);
  expectNoCopies(read.runs.map(({ run }) => run));
  if (k6ExitCode !== undefined) refuseKnownCode(read.runs);
  const judged = judgeGate({
    ...read,
    runs: read.runs.map(({ run, folder }) =>
      folder === undefined ? run : withTimeline(run, readTimelineOf(folder, run)),
    ),
    notes: [...(names.length === 0 ? latestNotes(read.runs, commitOf(project.root), now) : []), ...notes],
    ...present({ k6ExitCode, policy: project.release }),
    isReleaseRequired,
    scenarios: listScenarios(project),
    today: dayOf(now),
  });
  const isAllWritten = await publish(GATE_FORMATS, judged, outputs, { terminal, environment });
  return judged.exitCode === GATE_EXIT.pass && !isAllWritten ? GATE_EXIT.nothingToJudge : judged.exitCode;
}

function noPolicy(root: string): UserError {
  return new UserError({
    what: '--release needs a release policy.',
    received: `none in ${shownPath(path.join(root, 'package.json'))}`,
    expected: '"k6-verdict": { "release": { "needs": ["<scenario>", ...] } }',
  });
}

/** What k6 said is stored in our own summaries: nobody else is asked. */
function refuseKnownCode(runs: readonly ReadRun[]): void {
  const own = runs.find(({ run }) => run.source === 'k6-verdict');
  if (own === undefined) return;
  throw new UserError({
    what: '--k6-exit-code has no meaning for a run of k6-verdict: its summary stores the code.',
    received: `--k6-exit-code beside ${own.run.runId}`,
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
