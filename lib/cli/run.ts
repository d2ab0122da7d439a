import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type RunningBackend, startBackend } from '../backend/start-backend.ts';
import { parseBaseUrl, requireConsent } from '../core/base-url.ts';
import { EXIT } from '../core/exit-codes.ts';
import type { K6Measurement } from '../core/measure-run.ts';
import type { RunSummary } from '../core/run-summary.ts';
import { parseSettings, type Settings } from '../core/settings.ts';
import { exitCodeOfRun } from '../core/verdict.ts';
import { findK6 } from '../k6-binary/find-k6.ts';
import type { K6Binary } from '../k6-binary/k6-binary.ts';
import { renderJson } from '../report/json.ts';
import { renderMarkdown } from '../report/markdown.ts';
import { buildReport } from '../report/model.ts';
import { renderTerminal } from '../report/terminal.ts';
import { bundleScenario } from './bundle-scenario.ts';
import { type Circumstances, commitOf, completeSummary, describeHost, isMeasurementOf } from './complete-summary.ts';
import { inspectScenario } from './inspect-scenario.ts';
import { BACKEND_ENTRY, K6_MODULE_FOLDER } from './installation.ts';
import { type Interruption, watchSignals } from './interruption.ts';
import { refuseConfigFile, refuseInheritedOptions, refuseReservedArguments } from './k6-guard.ts';
import { type K6End, runK6 } from './k6-process.ts';
import { findProject, type Project, scenarioFile } from './project.ts';
import { createRunFolder, openLog, type RunFolder, readMeasured, removeMeasured, writeResult } from './run-folder.ts';
import { type SettingSources, scenarioVariables } from './setting-sources.ts';
import { requireReachable } from './target.ts';

/** One call of `run`. */
export interface RunRequest {
  readonly scenario: string;
  readonly sources: SettingSources;
  readonly measuresAtRest: boolean;
  /** Overrides the project's results/. */
  readonly resultsFolder?: string;
  readonly k6Arguments: readonly string[];
  readonly workingFolder: string;
}

/** Standard output is for results, standard error for everything said on the way. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (line: string) => void;
  readonly hasColour: boolean;
}

/**
 * Runs a scenario from start to verdict.
 * @returns the exit code
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function run(request: RunRequest, terminal: Terminal): Promise<number> {
  refuseInheritedOptions(request.sources.environment);
  refuseConfigFile(request.sources.environment);
  refuseReservedArguments(request.k6Arguments);
  const found = findProject(request.workingFolder);
  const project = { ...found, resultsFolder: request.resultsFolder ?? found.resultsFolder };
  const source = scenarioFile(project, request.scenario);
  const variables = scenarioVariables(request.sources);
  variables.LOAD_ALLOW_HOSTS = [variables.LOAD_ALLOW_HOSTS, ...project.allowedHosts].filter(Boolean).join(',');
  refuseInheritedOptions(variables);
  const settings = parseSettings((name) => variables[name]);
  if (settings.baseUrl !== undefined) requireConsent(settings.baseUrl, settings.allowedHosts);
  const k6 = await findK6({ moduleFolder: K6_MODULE_FOLDER });

  const started: (() => Promise<void> | void)[] = [];
  const cleanUp = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const interruption = watchSignals(cleanUp);
  try {
    const temporary = mkdtempSync(path.join(os.tmpdir(), 'k6-verdict-'));
    started.push(() => rmSync(temporary, { recursive: true, force: true }));
    const bundle = path.join(temporary, `${request.scenario}.js`);
    await bundleScenario(source, bundle);
    const inspection = await inspectScenario(k6, bundle, variables);
    if (!inspection.ok) {
      terminal.say(`k6 cannot load the scenario ${request.scenario}:\n${inspection.message}`);
      return inspection.exitCode;
    }
    const backend = await reachTarget(settings, started);
    const folder = createRunFolder(project, request.scenario, new Date());
    const order: Record<string, string> = {
      VERDICT_RUN_ID: folder.runId,
      VERDICT_SUMMARY_FILE: folder.measuredFile,
      VERDICT_AT_REST: request.measuresAtRest ? 'on' : 'off',
      ...(backend === undefined ? {} : { VERDICT_BACKEND_URL: backend.url }),
    };
    return await runAndJudge({
      request,
      terminal,
      project,
      settings,
      k6,
      bundle,
      folder,
      interruption,
      variables: { ...variables, ...order },
    });
  } finally {
    await cleanUp();
    interruption.release();
  }
}

/** Makes sure there is something to send load to; starts the reference backend where nothing else was named. */
async function reachTarget(
  { baseUrl }: Settings,
  started: (() => Promise<void> | void)[],
): Promise<RunningBackend | undefined> {
  if (baseUrl !== undefined) {
    await requireReachable(baseUrl);
    return undefined;
  }
  const backend = await startBackend({ entry: BACKEND_ENTRY });
  started.push(() => backend.stop());
  await requireReachable(parseBaseUrl(backend.url));
  return backend;
}

interface PreparedRun {
  readonly request: RunRequest;
  readonly terminal: Terminal;
  readonly project: Project;
  readonly settings: Settings;
  readonly k6: K6Binary;
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly folder: RunFolder;
  readonly interruption: Interruption;
}

async function runAndJudge(prepared: PreparedRun): Promise<number> {
  const { request, terminal, project, settings, k6, folder } = prepared;
  const [loadBefore = 0] = os.loadavg();
  const startedAt = new Date();
  const end = await runK6({
    ...prepared,
    logDescriptor: openLog(folder),
    k6Arguments: request.k6Arguments,
    say: terminal.say,
  });
  const [loadAfter = 0] = os.loadavg();
  const measured = readMeasured(folder);
  if (!isMeasurementOf(folder.runId, measured)) return reportNoSummary(end, prepared);

  const circumstances: Circumstances = {
    startedAt,
    endedAt: new Date(),
    k6Version: k6.version,
    k6ExitCode: end.exitCode,
    targetKind: settings.baseUrl === undefined ? 'reference-backend' : 'url',
    release: settings.release,
    commit: commitOf(project.root),
    host: describeHost(loadBefore, loadAfter),
  };
  const summary = tryToComplete(measured, circumstances, prepared);
  if (summary === undefined) return EXIT.noSummary;
  const reportFile = await writeResults(folder, summary, terminal);
  terminal.say(`Report: ${path.relative(request.workingFolder, reportFile)}`);
  return exitCodeOfRun(summary.verdict, end.exitCode);
}

/** Figures that contradict each other are kept for a look at them, and not judged. */
function tryToComplete(
  measured: K6Measurement,
  circumstances: Circumstances,
  { terminal, request, folder }: PreparedRun,
): RunSummary | undefined {
  try {
    return completeSummary(measured, circumstances);
  } catch (error) {
    const kept = path.relative(request.workingFolder, folder.measuredFile);
    terminal.say(`k6's figures cannot be judged: ${(error as Error).message}\n  they are kept in ${kept}`);
    return undefined;
  }
}

async function writeResults(folder: RunFolder, summary: RunSummary, terminal: Terminal): Promise<string> {
  const report = buildReport(summary);
  await writeResult(folder, 'summary.json', `${JSON.stringify(summary, null, 1)}\n`);
  await writeResult(folder, 'report.json', renderJson(report));
  const reportFile = await writeResult(folder, 'report.md', renderMarkdown(report));
  removeMeasured(folder);
  terminal.print(renderTerminal(report, terminal.hasColour));
  return reportFile;
}

/** k6 left nothing to judge: its own exit code says why, unless it claims that all was well. */
function reportNoSummary({ exitCode, signal }: K6End, { terminal, request, folder }: PreparedRun): number {
  const how = signal === undefined ? `ended with exit code ${exitCode}` : `was killed by ${signal}`;
  const log = path.relative(request.workingFolder, folder.logFile);
  terminal.say(`k6 ${how} and left no usable summary: there is nothing to judge.\n  its log: ${log}`);
  const isOwnReason = exitCode !== undefined && exitCode !== EXIT.pass && exitCode !== EXIT.thresholds;
  return isOwnReason ? exitCode : EXIT.noSummary;
}
