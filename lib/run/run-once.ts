import path from 'node:path';
import { k6SummaryOf } from '../core/judge/k6-summary/k6-summary.ts';
import { asStored, type StoredRun } from '../core/judge/run-summary.ts';
import { exitCodeOfRun } from '../core/judge/verdict.ts';
import { questionOf } from '../core/questions/table.ts';
import { type BaseUrl, placeOf } from '../core/spec/base-url.ts';
import { describeMemory } from '../core/spec/expected-memory.ts';
import { present } from '../core/spec/present.ts';
import { encodeRunOrder } from '../core/spec/run-order.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';
import { shownPath } from '../files/shown-path.ts';
import { KeptResults } from '../results/kept-results.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { makeReport, REPORT_PAGE, reportAfterLoad } from '../results/write-report.ts';
import { displayOfRun, folderOfRun } from './begin-run.ts';
import type { RunPart } from './complete-summary.ts';
import { concludeRun, prepareConclusion, type RunToConclude } from './conclude-run.ts';
import { type K6Order, recordingArguments, runK6, usableMemoryBytes } from './k6/k6-process.ts';
import { localAddresses, toldLocalIps } from './k6/local-addresses.ts';
import { otherOutputs } from './outputs/other-outputs.ts';
import { withRunTag } from './outputs/run-tags.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';
import { takeReadings } from './readings.ts';
import { readServerMetrics } from './server-metrics.ts';
import type { Session } from './session.ts';
import { proxyFor } from './target/proxy.ts';
import type { OpenTarget } from './target/target.ts';
import { writeSummary } from './write-summary.ts';

/** How a run differs from the others of its session. */
export interface RunChoice {
  /** What its load goes to. */
  readonly target: OpenTarget;
  /** The release of the target, where it is not the one of the settings. */
  readonly release?: string;
  readonly measuresAtRest: boolean;
  /** The test it is a part of. */
  readonly testId?: string;
  /** Whether `latest` is to name it. */
  readonly isLatest: boolean;
  /** Whether it gets a report of its own; `report` makes one later. @default true */
  readonly isReported?: boolean;
  /** The warm-up of a scenario that has none, unless WARM_UP says otherwise. */
  readonly defaultWarmUpSeconds?: number;
  /** Which of several runs it is, on a terminal: `Run 3/10`. */
  readonly label?: string;
  /** Is told the id of the run before its load. */
  readonly onStart?: (runId: string) => void;
}

/** What became of a run; without `run` k6 left nothing to judge. */
export interface RunResult {
  readonly folder: RunFolder;
  readonly exitCode: number;
  readonly run?: StoredRun;
  /** Where a script sent its load: hosts as it names them, and addresses. */
  readonly hosts?: readonly string[];
}

/** Runs one scenario of a session, judges it, and stores and prints what came out. */
export async function runOnce(session: Session, scenario: PreparedScenario, choice: RunChoice): Promise<RunResult> {
  const { terminal, interruption } = session;
  const folder = folderOfRun(session, scenario.name, choice.isLatest);
  choice.onStart?.(folder.runId);
  const ordered = await orderRun(session, scenario, choice, folder);
  for (const remark of ordered.remarks) terminal.say(remark);
  const serverMetrics = ordered.metricsUrl && (await readServerMetrics(ordered.metricsUrl));
  const before = takeReadings();
  prepareConclusion(session, ordered, before);
  const display = displayOfRun(session, folder, {
    title: `${scenario.name} on ${placeOf(choice.target.address)}`,
    plannedSeconds: scenario.facts.expected.seconds,
    saysWhenLoadStarts: true,
    ...present({ label: choice.label }),
  });
  const end = await runK6(ordered.k6, interruption, display, terminal.say);
  if (end === undefined) return { folder, exitCode: interruption.exitCode() };
  const conclusion = await concludeRun(session, ordered, before, end, (await serverMetrics?.end()) ?? []);
  if (conclusion.kind === 'no_summary') return { folder, exitCode: conclusion.exitCode };

  const { summary, measurement } = conclusion;
  const kept = new KeptResults(folder.path);
  writeSummary(folder, summary, k6SummaryOf(summary, measurement), (name, content) => kept.write(name, content));
  const run = asStored(summary);
  if (choice.isReported !== false) await reportRun(session, folder.path, run, kept, choice.testId !== undefined);
  kept.tell(terminal);
  return { folder, run, exitCode: exitCodeOfRun(summary, end.exitCode) };
}

/** Prints the report of a run, and keeps it beside its summary. @param isPart whether it is told again with other runs */
export async function reportRun(
  { project, terminal }: Pick<Session, 'project' | 'terminal'>,
  folder: string,
  run: StoredRun,
  kept: KeptResults,
  isPart = false,
): Promise<void> {
  const report = makeReport(folder, { runs: [{ run, folder }] }, project);
  await reportAfterLoad(report, kept, terminal, isPart);
  if (kept.isWhole) terminal.say(`Report: ${shownPath(path.join(folder, REPORT_PAGE))}`);
}

/** Everything that k6 is told for a run, before it is started. */
export interface OrderedRun extends RunToConclude {
  readonly k6: K6Order;
  /** Where the target tells its metrics, if it is to be asked. */
  readonly metricsUrl?: BaseUrl;
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
  const { target } = choice;
  const backend = target.kind === 'reference-backend' ? target : undefined;
  const environment = { ...request.sources.environment, ...scenario.variables };
  const toldIps = toldLocalIps(request.k6Arguments, environment);
  const addresses = await localAddresses(facts.clients ?? 1, target.address, toldIps);
  const question = facts.study === undefined ? undefined : questionOf({ kind: facts.study });
  const metricsUrl = question?.needsServerMetrics === true ? (settings?.metricsUrl ?? target.metricsUrl) : undefined;
  const spareFile = path.join(path.dirname(scenario.bundle), `${path.basename(folder.path)}.spare`);
  const outputs = otherOutputs(request.k6Arguments, environment, request.workingFolder);
  const order = encodeRunOrder({
    runId: folder.runId,
    isRecorded: k6.hasRecorder,
    isExported: outputs.isExported,
    summaryFile: folder.measuredFile,
    spareFile,
    measuresAtRest: choice.measuresAtRest,
    testId: choice.testId,
    defaultWarmUpSeconds: choice.defaultWarmUpSeconds,
    abortOnFailAfterSeconds: request.abortOnFailAfterSeconds,
    backendUrl: backend?.url,
    readsServerMetrics: metricsUrl !== undefined,
    hasSecondClient: addresses.count > 1,
  });
  const memory = k6.hasRecorder ? undefined : describeMemory(facts.expected.requests, usableMemoryBytes());
  const k6Order: K6Order = {
    k6,
    bundle: scenario.bundle,
    variables: {
      ...scenario.variables,
      ...(backend === undefined ? { BASE_URL: target.url } : {}),
      ...order,
    },
    logFile: folder.logFile,
    ...present({ pathTemplates: facts.pathTemplates }),
    k6Arguments: [
      ...(part === undefined ? [] : segmentArguments(part)),
      ...(k6.hasRecorder ? recordingArguments(folder.recordFile) : []),
      ...outputs.forgotten.map((output) => `--out=${output}`),
      ...addresses.arguments,
      ...request.k6Arguments,
    ],
  };
  return {
    folder,
    proxy: proxyFor(target.address, environment),
    targetKind: backend === undefined ? 'url' : 'reference-backend',
    release: choice.release ?? settings?.release,
    k6: outputs.isExported ? await withRunTag(k6Order, folder.runId, session.terminal.say) : k6Order,
    spareFile,
    ...present({ metricsUrl }),
    remarks: [
      memory,
      choice.measuresAtRest ? describeTrial(facts) : undefined,
      request.abortOnFailAfterSeconds === undefined ? undefined : describeJudgedAtEnd(facts),
    ].filter((remark) => remark !== undefined),
  };
}

/** What is sent before the load is not to surprise anyone who looks at the service. */
function describeTrial({ journeys }: TestFacts): string | undefined {
  if (journeys === undefined) return undefined;
  const which = journeys.length === 1 ? 'the journey' : `each of ${journeys.length} journeys`;
  return `Before the load ${which} is tried once with one user (--no-baseline leaves that out).`;
}

/** Whoever wants a hopeless run to end is to know which hopeless ones do not. */
function describeJudgedAtEnd({ judgedAtEnd }: TestFacts): string | undefined {
  if (judgedAtEnd === undefined) return undefined;
  return `--abort-on-fail: judged only when the load is over: ${judgedAtEnd.join('; ')}.`;
}

/** Equal parts of the plan, as k6 divides it: https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/#execution-segment. */
export function segmentArguments({ instance, of }: RunPart): string[] {
  const at = (i: number) => (i === 0 ? '0' : i === of ? '1' : `${i}/${of}`);
  const sequence = Array.from({ length: of + 1 }, (_, i) => at(i)).join(',');
  return [`--execution-segment=${at(instance - 1)}:${at(instance)}`, `--execution-segment-sequence=${sequence}`];
}
