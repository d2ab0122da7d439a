import os from 'node:os';
import { judgeThreshold } from '../core/judge/judge-threshold.ts';
import { failedTeardownOf } from '../core/judge/k6-ending.ts';
import type { K6Measurement } from '../core/judge/measurement.ts';
import { type CustomFigures, type GeneratorHost, type RunSummary, SCHEMA_VERSION } from '../core/judge/run-summary.ts';
import { judgeRun } from '../core/judge/verdict.ts';
import type { EndpointsOverTime } from '../core/measure/endpoints-over-time.ts';
import { hasBegun, measureRun, mostUsers } from '../core/measure/measure-run.ts';
import type { LoadRecord, MeasuredRun } from '../core/measure/measured.ts';
import type { ServerSample } from '../core/measure/server-sample.ts';
import type { Timeline } from '../core/measure/timeline.ts';
import type { Questions } from '../core/questions/question.ts';
import { answerQuestion, questionOf, type Study } from '../core/questions/table.ts';
import { countLocalAddresses } from '../core/spec/local-ips.ts';
import { present } from '../core/spec/present.ts';
import { dayOf } from '../core/spec/waiver.ts';
import { askGit } from '../process/ask-git.ts';
import { fingerprintOf } from './fingerprint.ts';
import { TOOL } from './installation.ts';

/** One of several k6 processes that send the load of one run together. */
export interface RunPart {
  /** From 1. */
  readonly instance: number;
  readonly of: number;
  /** The run they share. */
  readonly runId: string;
}

/** What a record says beyond k6's figures. */
export interface Recorded {
  readonly timeline: (run: MeasuredRun) => Timeline | undefined;
  readonly endpointsOverTime: (run: MeasuredRun) => EndpointsOverTime | undefined;
  readonly custom: CustomFigures | undefined;
  readonly foldedRows: number | undefined;
}

/** What k6 cannot know of its own run. */
export interface Circumstances {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly k6Version: string;
  readonly k6ExitCode: number | undefined;
  readonly targetKind: RunSummary['targetKind'];
  readonly system: RunSummary['system'] | undefined;
  /** Which of how many k6 processes of its run this one was. */
  readonly part: RunPart | undefined;
  readonly release: string | undefined;
  /** That of package.json that was named. */
  readonly environment?: string;
  readonly commit: string | undefined;
  readonly host: GeneratorHost;
  /** How many iterations k6 interrupted, by its progress; absent where it did not say. */
  readonly interrupted?: number;
  /** Iterations in which an exception was lost, as k6 logged it; absent where nobody counted them. */
  readonly unawaited?: number;
  /** The last exception outside of the load, as k6 logged it. */
  readonly saidOutside?: string;
  /** What the script of a question noted. */
  readonly events: readonly unknown[];
  /** What the record says beyond figures; absent where k6 had no recorder. */
  readonly record?: Recorded | undefined;
  /** What the target said of itself during the run. */
  readonly serverSamples: readonly ServerSample[];
}

/** Whether the file that k6 left is this run's: k6 exits 0 even when it could not write it. */
export function isMeasurementOf(runId: string, measurement: unknown): measurement is K6Measurement {
  return typeof measurement === 'object' && measurement !== null && (measurement as K6Measurement).runId === runId;
}

/** Joins what k6 measured with how the run went, and judges it. */
export function completeSummary(
  measurement: K6Measurement,
  circumstances: Circumstances,
  questions?: Questions,
): RunSummary {
  const measured = measureRun(measurement, questionOf(measurement.study, questions)?.seeksLimit);
  const study = studyOf(measurement, measured, circumstances, questions);
  const { endpoints, totals, k6Thresholds } = measured;
  const { startedAt, endedAt, k6Version, k6ExitCode, targetKind, system, release, environment, commit, host, record } =
    circumstances;
  const load = loadOf(measurement, measured, circumstances);
  expectAttributed(load, k6ExitCode);
  const { journeys } = measured;
  const figures = { endpoints, totals, load, ...present({ study, journeys, custom: record?.custom }) };
  const { verdict, reasons, thresholds } = judgeRun(
    {
      thresholds: measurement.thresholds.map((threshold) =>
        judgeThreshold(threshold, figures, dayOf(endedAt), questions),
      ),
      ...figures,
      k6Thresholds,
      k6ExitCode,
    },
    questions,
  );
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: TOOL,
    testId: measured.testId,
    runId: measured.runId,
    instance: circumstances.part?.instance ?? 1,
    scenario: measured.scenario,
    purpose: measured.purpose,
    plan: measured.plan,
    ...present({ system, release, environment, commit }),
    target: measured.target,
    ...present({ servers: measured.servers }),
    targetKind,
    verdict,
    reasons,
    startedAt: startedAt.toISOString(),
    ...present({ loadStartedAt: measured.loadStartedAt }),
    endedAt: endedAt.toISOString(),
    durationSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
    k6Version,
    ...present({ k6ExitCode }),
    ...present({ k6Options: measured.k6Options }),
    fingerprint: fingerprintOf(measured, k6Version),
    host,
    load,
    totals,
    endpoints,
    ...present({ journeys, data: measured.data }),
    thresholds,
    k6Thresholds,
    atRest: measured.atRest,
    ...present({
      study,
      overTime: record?.endpointsOverTime(measured),
      custom: record?.custom,
      foldedRows: record?.foldedRows,
      isUnrecorded: record === undefined ? (true as const) : undefined,
    }),
  };
}

/** With what k6 did not measure itself. */
function loadOf(measurement: K6Measurement, measured: MeasuredRun, circumstances: Circumstances) {
  const { load } = measured;
  const { part, interrupted, unawaited = 0 } = circumstances;
  return {
    ...ofPart(load, part),
    iterations: { ...load.iterations, ...present({ interrupted, unawaited: unawaited || undefined }) },
    ...present({
      clientAddresses: clientAddressesOf(measurement),
      failedTeardown: failedTeardownOf(circumstances, hasBegun(measured)),
    }),
  };
}

function expectAttributed({ unattributedRequests }: LoadRecord, k6ExitCode: number | undefined): void {
  if (k6ExitCode !== 0 || unattributedRequests === undefined) return;
  throw new Error(`k6 counted ${unattributedRequests} requests more than its endpoints, though nothing was cut off`);
}

/** Each user has one address, in turn: there were never more of them than users. One is not mentioned. */
function clientAddressesOf({ k6Options, metrics, plan }: K6Measurement): number | undefined {
  const addresses = Number(countLocalAddresses(String(k6Options?.localIPs ?? '')) ?? 1n);
  const used = Math.min(addresses, mostUsers(metrics, Object.values(plan)));
  return used > 1 ? used : undefined;
}

function studyOf(
  { study, metrics }: K6Measurement,
  run: MeasuredRun,
  { events, record, serverSamples }: Circumstances,
  questions: Questions | undefined,
): Study | undefined {
  if (study === undefined) return undefined;
  const material = { metrics, run, events, serverSamples, timeline: () => record?.timeline(run) };
  return answerQuestion(study, material, questions);
}

/** A part of the plan: how many iterations fall to it is k6's to know. */
function ofPart(load: MeasuredRun['load'], part: RunPart | undefined): MeasuredRun['load'] {
  if (part === undefined) return load;
  const { plannedIterations: _, ...rest } = load;
  return { ...rest, segment: { of: part.of } };
}

/** The machine the load comes from, as it was during a run. */
export function describeHost({
  loadAverage,
  ...during
}: Pick<GeneratorHost, 'loadAverage' | 'cpuBusyShare' | 'k6' | 'memory' | 'proxy'>): GeneratorHost {
  return {
    platform: process.platform,
    arch: process.arch,
    cpuModel: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    ...present({ loadAverage: process.platform === 'win32' ? undefined : loadAverage }),
    ...during,
  };
}

/** The commit of the project, if it is one. */
export function commitOf(folder: string): string | undefined {
  return askGit(folder, 'rev-parse', 'HEAD');
}
