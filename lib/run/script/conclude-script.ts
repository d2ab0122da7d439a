import { existsSync } from 'node:fs';
import { readScriptSummary } from '../../core/foreign/script/script-run.ts';
import type { ScriptFacts } from '../../core/judge/script/script-facts.ts';
import { exitCodeOfRun } from '../../core/judge/verdict.ts';
import { present } from '../../core/spec/present.ts';
import { shownPath } from '../../files/shown-path.ts';
import type { K6Binary } from '../../k6-binary/k6-binary.ts';
import { KeptResults } from '../../results/kept-results.ts';
import type { Project } from '../../results/project.ts';
import { compressRecord, readRecordFile, readRecordIn, whyUnread } from '../../results/record.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import type { Terminal } from '../../results/terminal.ts';
import { commitOf } from '../complete-summary.ts';
import type { K6End } from '../k6/k6-process.ts';
import { exitCodeWithoutSummary, howEnded } from '../k6/without-summary.ts';
import { hostBetween, type Readings, takeReadings } from '../readings.ts';
import { type RunResult, reportRun } from '../run-once.ts';
import { keepUnfinished, removeUnfinished } from '../unfinished-file.ts';
import { writeSummary } from '../write-summary.ts';
import { describeWarnings } from './k6-warnings.ts';
import { type KnownOfScript, type ScriptSummaries, summariesOfScript } from './summary-of-script.ts';
import type { UnfinishedScript } from './unfinished-script.ts';

/** A script that k6 has run, and what is known of the run. */
export interface ScriptRun {
  readonly project: Project;
  readonly terminal: Terminal;
  readonly folder: RunFolder;
  readonly facts: ScriptFacts;
  readonly k6: K6Binary;
  readonly end: K6End;
  /** The machine as it was when k6 was started. */
  readonly before: Readings;
  /** Where the record is, should the folder of the run have been gone or full. */
  readonly spareFile: string;
  readonly release: string | undefined;
  /** That of package.json that was named. */
  readonly environment: string | undefined;
  /** Whether it gets a report of its own; `report` makes one later. */
  readonly isReported: boolean;
}

/**
 * Makes the summary of a script's run, stores and prints what came out. Its exit code is k6's own where that says why it
 * ended, else what the verdict says.
 */
export async function concludeScript(run: ScriptRun): Promise<RunResult> {
  const { folder, terminal, end } = run;
  for (const warning of describeWarnings(folder.logFile)) terminal.say(warning);
  const judged = judgedScript(run);
  const trouble = await compressRecord(folder.recordFile);
  if (trouble !== undefined) terminal.say(trouble);
  if (typeof judged === 'string') {
    removeUnfinished(folder);
    return { folder, exitCode: nothingToJudge(run, judged) };
  }
  const { summary, k6Summary } = judged;
  const kept = new KeptResults(folder.path);
  writeSummary(folder, summary, k6Summary, (name, content) => kept.write(name, content));
  const stored = readScriptSummary(summary);
  if (run.isReported) await reportRun(run, folder.path, stored, kept, run.facts.testId !== undefined);
  kept.tell(terminal);
  return { folder, run: stored, hosts: summary.hosts, exitCode: exitCodeOfRun(summary, end.exitCode) };
}

/** Before k6 is started: keeps what is known of the run, in case that nobody is there when it has ended. */
export function prepareScriptConclusion(run: Omit<ScriptRun, 'end'>): void {
  const { endedAt: _, ...known } = knownOf(run, { exitCode: undefined, usage: undefined });
  keepUnfinished(run.folder, known);
}

function knownOf(
  { folder: { runId }, before, k6, project, release, environment }: Omit<ScriptRun, 'end'>,
  {
    exitCode,
    iterations,
    exceptions,
    ...seen
  }: Pick<K6End, 'exitCode' | 'usage' | 'memory' | 'iterations' | 'exceptions'>,
): KnownOfScript & UnfinishedScript {
  const after = takeReadings();
  return {
    source: 'script',
    runId,
    startedAt: before.at.toISOString(),
    endedAt: after.at.toISOString(),
    k6Version: k6.version,
    host: hostBetween(before, after, seen),
    ...present({
      release,
      environment,
      commit: commitOf(project.root),
      system: project.system,
      k6ExitCode: exitCode,
      interrupted: iterations?.interrupted,
      thrown: exceptions?.iterations,
      unawaited: exceptions?.unawaited,
      saidOutside: exceptions?.outside,
    }),
  };
}

/** @returns what is wrong, where there is nothing to judge */
function judgedScript(run: ScriptRun): ScriptSummaries | string {
  const { folder, facts, spareFile, end } = run;
  try {
    const known = knownOf(run, end);
    keepUnfinished(folder, known);
    const record = existsSync(spareFile) ? readRecordFile(spareFile) : readRecordIn(folder.path);
    if (record === undefined) return 'it left no record';
    return summariesOfScript(record, facts, known);
  } catch (error) {
    return whyUnread(error);
  }
}

function nothingToJudge({ folder, terminal, end }: ScriptRun, why: string): number {
  terminal.say(`k6 ${howEnded(end)}, and there is nothing to judge: ${why}\n  its log: ${shownPath(folder.logFile)}`);
  return exitCodeWithoutSummary(end, false);
}
