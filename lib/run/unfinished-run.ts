import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { K6Measurement } from '../core/judge/measurement.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { present } from '../core/spec/present.ts';
import { readJson } from '../files/read-json.ts';
import { replaceFile } from '../files/replace-file.ts';
import { birthOf } from '../process/process-facts.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type Circumstances, completeSummary } from './complete-summary.ts';
import { whatWasLeft } from './what-was-left.ts';

type Stored = Omit<Circumstances, 'startedAt' | 'endedAt' | 'events' | 'record'>;

/**
 * What only the tool knows of a run, kept beside k6's figures until the summary is made of both: should the tool be
 * killed before that, `report` and `gate` make it.
 */
export interface UnfinishedRun extends Stored {
  /** The process that is to finish it. */
  readonly by: { readonly pid: number; readonly bornAt?: string };
  readonly runId: string;
  readonly startedAt: string;
  /** Where the run is a consecutive part of a larger one: which. */
  readonly instance?: number;
  /** Absent until k6 has ended: then nobody knows how it did. */
  readonly endedAt?: string;
}

function fileOf({ path: folder }: Pick<RunFolder, 'path'>): string {
  return path.join(folder, '.run.json');
}

/** Before k6 is started, and again when it has ended. A run goes on without it, should the disk be full by now. */
export function keepUnfinished(folder: RunFolder, run: Omit<UnfinishedRun, 'by'>): void {
  const by = { pid: process.pid, ...present({ bornAt: birthOf(process.pid) }) };
  try {
    replaceFile(fileOf(folder), JSON.stringify({ by, ...run }));
  } catch {
    // Then nobody can finish it but us.
  }
}

/** Once the summary is written, what it was made from is not needed any more. */
export function removeUnfinished(folder: RunFolder): void {
  try {
    for (const file of [fileOf(folder), folder.measuredFile]) rmSync(file, { force: true });
  } catch {
    // Then they stay: nothing reads them beside a summary.
  }
}

/** The run of a folder that k6 measured, and that nobody finishes any more; undefined where there is none. */
export function readUnfinished(folder: RunFolder): UnfinishedRun | undefined {
  if (!existsSync(fileOf(folder)) || filesLeft(folder).length === 0) return undefined;
  try {
    const run = readJson(fileOf(folder), { what: 'What is known of the run cannot be read.', expected: 'JSON' });
    const unfinished = run as UnfinishedRun;
    return isStillAtWork(unfinished) ? undefined : unfinished;
  } catch {
    return undefined;
  }
}

/** What k6 may have left of a run. */
function filesLeft({ recordFile, measuredFile }: RunFolder): string[] {
  return [recordFile, `${recordFile}.gz`, measuredFile].filter((file) => existsSync(file));
}

function isStillAtWork({ by: { pid, bornAt } }: UnfinishedRun): boolean {
  if (bornAt !== undefined) return birthOf(pid) === bornAt;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What was made of an unfinished run, and of what. */
export interface Finished {
  readonly summary: RunSummary;
  readonly measurement: K6Measurement;
}

/**
 * The summary of a run that the tool did not finish. One of which nobody saw how k6 ended was cut off, for all that is
 * known: it is incomplete.
 * @returns undefined where k6's figures are not whole, or not this run's
 * @throws Error for figures that contradict each other
 */
export function completeUnfinished(
  folder: RunFolder,
  { runId, instance, startedAt, endedAt, ...rest }: UnfinishedRun,
): Finished | undefined {
  const left = whatWasLeft({ ...folder, runId });
  if (left.kind === 'nothing') return undefined;
  const [file = folder.measuredFile] = filesLeft(folder);
  const { measurement } = left;
  const summary = completeSummary(measurement, {
    ...rest,
    startedAt: new Date(startedAt),
    endedAt: endedAt === undefined ? statSync(file).mtime : new Date(endedAt),
    events: left.events,
    record: left.record,
  });
  return { summary: { ...summary, ...present({ instance }) }, measurement };
}
