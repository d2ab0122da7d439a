import path from 'node:path';
import { hasThrownOutside } from '../core/judge/k6-ending.ts';
import type { K6Measurement } from '../core/judge/measurement.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { hasBegun, measureRun } from '../core/measure/measure-run.ts';
import type { ServerSample } from '../core/measure/server-sample.ts';
import type { BaseUrl } from '../core/spec/base-url.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
import { type FailedTrial, isFailedTrial, lostBeforeLoad, trialError } from '../core/spec/failed-trial.ts';
import { present } from '../core/spec/present.ts';
import { readTail } from '../files/read-tail.ts';
import { compressRecord } from '../results/record.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { expectWhole } from '../results/validate-summary.ts';
import { type Circumstances, commitOf, completeSummary } from './complete-summary.ts';
import type { K6End } from './k6/k6-process.ts';
import { isCount } from './k6/log-digest.ts';
import { exitCodeWithoutSummary, howEnded } from './k6/without-summary.ts';
import { hostBetween, type Readings, takeReadings } from './readings.ts';
import type { Session } from './session.ts';
import { keepUnfinished, removeUnfinished } from './unfinished-file.ts';
import type { UnfinishedRun } from './unfinished-run.ts';
import { type Left, whatWasLeft } from './what-was-left.ts';

/** What must be known of a run to make its summary. */
export interface RunToConclude {
  readonly folder: RunFolder;
  /** Where k6's figures are as well, should the folder of the run be gone or full. */
  readonly spareFile: string;
  readonly targetKind: RunSummary['targetKind'];
  readonly release: string | undefined;
  /** What k6's requests went through. */
  readonly proxy: BaseUrl | undefined;
  /** Where the run is a consecutive part of a larger one: which. */
  readonly instance?: number;
}

/** What became of a run: its summary, or the exit code where k6 left nothing to judge. */
export type Conclusion =
  | { readonly kind: 'measured'; readonly summary: RunSummary; readonly measurement: K6Measurement }
  | { readonly kind: 'no_summary'; readonly exitCode: number };

/** Before k6 is started: keeps what is known of the run, in case that nobody is there when it has ended. */
export function prepareConclusion(session: Session, run: RunToConclude, before: Readings): void {
  const known = knownOf(session, run, before, { exitCode: undefined, usage: undefined }, []);
  keepUnfinished(run.folder, stored(run, known));
}

function stored(
  { folder: { runId }, instance }: RunToConclude,
  { startedAt, endedAt: _, ...rest }: Known,
): UnfinishedRun {
  return { ...rest, runId, startedAt: startedAt.toISOString(), ...present({ instance }) };
}

/** Makes the summary of a run that has ended. */
export async function concludeRun(
  session: Session,
  ran: RunToConclude,
  before: Readings,
  end: K6End,
  serverSamples: readonly ServerSample[],
): Promise<Conclusion> {
  const { folder, spareFile } = ran;
  const circumstances = knownOf(session, ran, before, end, serverSamples);
  keepUnfinished(folder, { ...stored(ran, circumstances), endedAt: circumstances.endedAt.toISOString() });
  const left = whatWasLeft(folder, spareFile);
  const trouble = await compressRecord(folder.recordFile);
  if (trouble !== undefined) session.terminal.say(trouble);
  if (left.kind === 'nothing') return reportNoSummary(end, folder, session, left.why);
  const trial = failedBeforeLoad(left, circumstances);
  if (trial !== undefined) return reportFailedTrial(trial, left.measurement, folder, session);
  const summary = tryToComplete(left, circumstances, folder, session);
  return summary === undefined
    ? { kind: 'no_summary', exitCode: EXIT.noSummary }
    : { kind: 'measured', summary, measurement: left.measurement };
}

/** k6 ends with an exception that nobody could catch when all that was to be done before the load seems done. */
function failedBeforeLoad({ events, measurement }: Left, end: Known): FailedTrial | undefined {
  const noted = events.find(isFailedTrial)?.failedTrial;
  if (noted !== undefined || !hasThrownOutside(end) || hasBegun(measureRun(measurement))) return noted;
  return lostBeforeLoad(end.saidOutside);
}

type Known = Omit<Circumstances, 'events' | 'record'>;

function knownOf(
  { k6, project, request }: Session,
  { proxy, targetKind, release }: RunToConclude,
  before: Readings,
  end: Pick<K6End, 'exitCode' | 'usage' | 'memory' | 'iterations' | 'exceptions'>,
  serverSamples: readonly ServerSample[],
): Known {
  const after = takeReadings();
  return {
    startedAt: before.at,
    endedAt: after.at,
    k6Version: k6.version,
    targetKind,
    release,
    serverSamples,
    k6ExitCode: end.exitCode,
    ...present({
      interrupted: end.iterations?.interrupted,
      unawaited: end.exceptions?.unawaited,
      saidOutside: end.exceptions?.outside,
      environment: request.environmentName,
    }),
    system: project.system,
    part: request.part,
    commit: commitOf(project.root),
    host: hostBetween(before, after, end, proxy),
  };
}

/** Figures that contradict each other are kept for a look at them, and not judged. */
function tryToComplete(
  { measurement, events, record }: Left,
  circumstances: Known,
  folder: RunFolder,
  { terminal, request }: Session,
): RunSummary | undefined {
  try {
    return expectWhole(completeSummary(measurement, { ...circumstances, events, record }), 'the summary of this run');
  } catch (error) {
    const kept = path.relative(request.workingFolder, folder.path);
    terminal.say(`k6's figures cannot be judged: ${(error as Error).message}\n  they are kept in ${kept}`);
    return undefined;
  }
}

/** Nothing was measured: what is told is what to mend. */
function reportFailedTrial(
  failed: FailedTrial,
  { scenario }: K6Measurement,
  folder: RunFolder,
  { terminal, request }: Session,
): Conclusion {
  removeUnfinished(folder);
  const log = path.relative(request.workingFolder, folder.logFile);
  terminal.say(`${trialError(scenario, failed).message}\n  its log:  ${log}`);
  return { kind: 'no_summary', exitCode: EXIT.badInput };
}

const MOST_WORDS = 600;

function lastWords({ logFile }: RunFolder): string {
  const words = readTail(logFile, 16 * 1024)
    .trim()
    .split('\n')
    .filter((line) => !isCount(line))
    .at(-1)
    ?.slice(0, MOST_WORDS);
  return words ? `\n  its last words: ${words}` : '';
}

/** k6 left nothing to judge: its own exit code says why, unless it claims that all was well. */
function reportNoSummary(end: K6End, folder: RunFolder, session: Session, why: string | undefined): Conclusion {
  removeUnfinished(folder);
  const { terminal, request, interruption } = session;
  const log = path.relative(request.workingFolder, folder.logFile);
  terminal.say(
    `k6 ${howEnded(end)} and left no usable figures: there is nothing to judge.${why === undefined ? '' : `\n  ${why}`}\n  its log: ${log}${lastWords(folder)}`,
  );
  return { kind: 'no_summary', exitCode: exitCodeWithoutSummary(end, interruption.isStopped()) };
}
