import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { METRICS_PATH } from '../backend/metrics.ts';
import type { RunningBackend } from '../backend/start-backend.ts';
import { EXIT, isOwnReason } from '../core/exit-codes.ts';
import { describeMemory } from '../core/expected-memory.ts';
import type { MeasuredRun } from '../core/measured.ts';
import type { K6Measurement } from '../core/measurement.ts';
import { encodeRunOrder } from '../core/run-order.ts';
import { asStored, type RunSummary } from '../core/run-summary.ts';
import type { Settings } from '../core/settings.ts';
import type { ServerSample } from '../core/studies/soak.ts';
import { exitCodeOfRun } from '../core/verdict.ts';
import { renderTerminal } from '../report/terminal.ts';
import {
  type Circumstances,
  commitOf,
  completeSummary,
  describeHost,
  isMeasurementOf,
  type RunPart,
} from './complete-summary.ts';
import { type CpuReading, cpuBusyShare, readCpu } from './host-cpu.ts';
import { type K6End, type K6Run, runK6, usableMemoryBytes } from './k6-process.ts';
import { localAddresses } from './local-addresses.ts';
import { shownPath } from './read-summary-file.ts';
import {
  createPartFolder,
  createRunFolder,
  openLog,
  type RunFolder,
  readMeasured,
  removeMeasured,
  writeResult,
} from './run-folder.ts';
import { readServerMetrics } from './server-metrics.ts';
import type { PreparedScenario, Session } from './session.ts';
import { consoleArguments, takeEvents } from './study-events.ts';
import { compressTimeline, planTimeline, readTimeline, type TimelinePlan, timelineFile } from './timeline.ts';
import { REPORT_PAGE, writeReport } from './write-report.ts';

/** How a run differs from the others of its session. */
export interface RunChoice {
  readonly measuresAtRest: boolean;
  /** The test it is a part of. */
  readonly testId?: string;
  /** Whether `latest` is to name it. */
  readonly isLatest: boolean;
  /** Whether it gets a report of its own; `report` makes one later. @default true */
  readonly isReported?: boolean;
  /** The warm-up of a scenario that has none, unless WARM_UP says otherwise. */
  readonly defaultWarmUpSeconds?: number;
}

/** What became of a run; without a summary k6 left nothing to judge. */
export interface RunResult {
  readonly folder: RunFolder;
  readonly exitCode: number;
  readonly summary?: RunSummary;
}

/** Runs one scenario of a session, judges it, and stores and prints what came out. */
export async function runOnce(session: Session, scenario: PreparedScenario, choice: RunChoice): Promise<RunResult> {
  const { request, terminal, project, interruption } = session;
  const { part } = request;
  const folder =
    part === undefined
      ? createRunFolder(project, scenario.name, new Date(), choice.isLatest)
      : createPartFolder(project, part.runId, part.instance);
  const ordered = await orderRun(session, scenario, choice, folder);
  for (const remark of ordered.remarks) terminal.say(remark);
  const before = takeReadings();
  const serverMetrics = ordered.metricsUrl === undefined ? undefined : readServerMetrics(ordered.metricsUrl);
  const end = await runK6({ ...ordered.k6, interruption, say: terminal.say });
  const summary = await concludeRun(session, ordered, before, end, (await serverMetrics?.end()) ?? []);
  if (typeof summary === 'number') return { folder, exitCode: summary };

  await writeResult(folder.path, 'summary.json', `${JSON.stringify(summary, null, 1)}\n`);
  removeMeasured(folder);
  if (choice.isReported !== false) await reportRun(session, folder.path, summary);
  return { folder, summary, exitCode: exitCodeOfRun(summary.verdict, end.exitCode) };
}

/** Writes the report of a run beside its summary, and prints what it says. */
export async function reportRun({ project, terminal }: Session, folder: string, summary: RunSummary): Promise<void> {
  const report = await writeReport(folder, { runs: [{ run: asStored(summary), folder }] }, project);
  terminal.print(renderTerminal(report, terminal.hasColour));
  terminal.say(`Report: ${shownPath(path.join(folder, REPORT_PAGE))}`);
}

/** Everything that k6 is told for a run, before it is started. */
export interface OrderedRun {
  readonly folder: RunFolder;
  readonly k6: Omit<K6Run, 'interruption' | 'say'>;
  readonly recordFile: string;
  /** Where the target tells its metrics, if it is to be asked. */
  readonly metricsUrl?: string;
  /** For whoever started it. */
  readonly remarks: readonly string[];
}

export async function orderRun(
  session: Session,
  scenario: PreparedScenario,
  choice: RunChoice,
  folder: RunFolder,
): Promise<OrderedRun> {
  const { request, k6, settings } = session;
  const { part } = request;
  const { facts } = scenario;
  const backend = await session.backendFor(scenario);
  const addresses = await localAddresses(facts.clients ?? 1, settings, request.k6Arguments);
  const metricsUrl = metricsUrlOf(facts, settings, backend);
  const order = encodeRunOrder({
    runId: folder.runId,
    summaryFile: folder.measuredFile,
    measuresAtRest: choice.measuresAtRest,
    testId: choice.testId,
    defaultWarmUpSeconds: choice.defaultWarmUpSeconds,
    abortOnFailAfterSeconds: request.abortOnFailAfterSeconds,
    backendUrl: backend?.url,
    readsServerMetrics: metricsUrl !== undefined,
    hasSecondClient: addresses.areSeveral,
  });
  const recordFile = timelineFile(folder.path);
  const isRecorded = request.recordsTimeline && facts.isNotRecorded !== true;
  const timeline = isRecorded ? planOfTimeline(recordFile, scenario, session) : undefined;
  const memory = describeMemory(facts.expected.requests, usableMemoryBytes(), facts.study === 'soak');
  return {
    folder,
    k6: {
      k6,
      bundle: scenario.bundle,
      variables: { ...scenario.variables, ...order, ...timeline?.environment },
      logDescriptor: openLog(folder),
      k6Arguments: [
        ...(part === undefined ? [] : segmentArguments(part)),
        ...(facts.notesEvents === true ? consoleArguments(folder) : []),
        ...addresses.arguments,
        ...request.k6Arguments,
      ],
    },
    recordFile,
    ...(metricsUrl === undefined ? {} : { metricsUrl }),
    remarks: [timeline?.remark, memory].filter((remark) => remark !== undefined),
  };
}

/** Makes the summary of a run that has ended. @returns an exit code where k6 left nothing to judge */
export async function concludeRun(
  session: Session,
  { folder, recordFile }: OrderedRun,
  before: Readings,
  end: K6End,
  serverSamples: readonly ServerSample[],
): Promise<RunSummary | number> {
  const events = takeEvents(folder);
  const trouble = await compressTimeline(recordFile);
  if (trouble !== undefined) session.terminal.say(trouble);
  const measured = readMeasured(folder);
  if (!isMeasurementOf(folder.runId, measured)) return reportNoSummary(end, folder, session);
  const circumstances = {
    ...circumstancesOf(session, before, end),
    events,
    serverSamples,
    timeline: (run: MeasuredRun) => readTimeline(folder.path, run).timeline,
  };
  return tryToComplete(measured, circumstances, folder, session) ?? EXIT.noSummary;
}

/** A soak test reads what the target says of itself. */
function metricsUrlOf(
  { study }: PreparedScenario['facts'],
  { metricsUrl }: Settings,
  backend: RunningBackend | undefined,
): string | undefined {
  if (study !== 'soak') return undefined;
  return metricsUrl ?? (backend === undefined ? undefined : `${backend.url}${METRICS_PATH}`);
}

function planOfTimeline(file: string, { variables, facts }: PreparedScenario, { request }: Session): TimelinePlan {
  const environment = { ...request.sources.environment, ...variables };
  return planTimeline(file, facts.expected, { environment, k6Arguments: request.k6Arguments });
}

/** Equal parts of the plan, as k6 divides it: https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/#execution-segment. */
function segmentArguments({ instance, of }: RunPart): string[] {
  const at = (i: number) => (i === 0 ? '0' : i === of ? '1' : `${i}/${of}`);
  const sequence = Array.from({ length: of + 1 }, (_, i) => at(i)).join(',');
  return [`--execution-segment=${at(instance - 1)}:${at(instance)}`, `--execution-segment-sequence=${sequence}`];
}

export interface Readings {
  readonly at: Date;
  readonly loadAverage: number;
  readonly cpu: CpuReading;
}

export function takeReadings(): Readings {
  return { at: new Date(), loadAverage: os.loadavg()[0] ?? 0, cpu: readCpu() };
}

function circumstancesOf(
  { k6, settings, project, request }: Session,
  before: Readings,
  end: K6End,
): Omit<Circumstances, 'events' | 'serverSamples'> {
  const after = takeReadings();
  return {
    startedAt: before.at,
    endedAt: after.at,
    k6Version: k6.version,
    k6ExitCode: end.exitCode,
    targetKind: settings.baseUrl === undefined ? 'reference-backend' : 'url',
    system: project.system,
    hasSeveralClients: request.k6Arguments.some((argument) => argument.startsWith('--local-ips')),
    part: request.part,
    release: settings.release,
    commit: commitOf(project.root),
    host: describeHost([before.loadAverage, after.loadAverage], cpuBusyShare(before.cpu, after.cpu)),
  };
}

/** Figures that contradict each other are kept for a look at them, and not judged. */
function tryToComplete(
  measured: K6Measurement,
  circumstances: Circumstances,
  folder: RunFolder,
  { terminal, request }: Session,
): RunSummary | undefined {
  try {
    return completeSummary(measured, circumstances);
  } catch (error) {
    const kept = path.relative(request.workingFolder, folder.measuredFile);
    terminal.say(`k6's figures cannot be judged: ${(error as Error).message}\n  they are kept in ${kept}`);
    return undefined;
  }
}

const MOST_WORDS = 600;

function lastWords({ logFile }: RunFolder): string {
  const words = readFileSync(logFile, 'utf8').trim().split('\n').at(-1)?.slice(0, MOST_WORDS);
  return words ? `\n  its last words: ${words}` : '';
}

/** k6 left nothing to judge: its own exit code says why, unless it claims that all was well. */
function reportNoSummary({ exitCode, signal }: K6End, folder: RunFolder, { terminal, request }: Session): number {
  const how = signal === undefined ? `ended with exit code ${exitCode}` : `was killed by ${signal}`;
  const log = path.relative(request.workingFolder, folder.logFile);
  terminal.say(
    `k6 ${how} and left no usable summary: there is nothing to judge.\n  its log: ${log}${lastWords(folder)}`,
  );
  return exitCode !== undefined && isOwnReason(exitCode) ? exitCode : EXIT.noSummary;
}
