import { existsSync } from 'node:fs';
import { customOfRecord } from '../core/judge/custom-of-record.ts';
import type { K6Measurement } from '../core/judge/measurement.ts';
import { measurementOfRecord, runIdOfRecord } from '../core/judge/measurement-of-record.ts';
import { endpointsOfRecord } from '../core/measure/record/endpoints-of-record.ts';
import type { RunRecord } from '../core/measure/record/read-record.ts';
import { timelineOfRecord } from '../core/measure/record/timeline-of-record.ts';
import { readRecordFile, readRecordIn, whyUnread } from '../results/record.ts';
import { type RunFolder, readMeasured } from '../results/run-folder.ts';
import { isMeasurementOf, type Recorded } from './complete-summary.ts';

/** What k6 left of a run, to be judged. */
export interface Left {
  readonly kind: 'figures';
  readonly measurement: K6Measurement;
  /** What the script of a question noted. */
  readonly events: readonly unknown[];
  /** Absent where k6 had no recorder. */
  readonly record: Recorded | undefined;
}

/** Nothing that can be read, or of another run. */
export interface NothingLeft {
  readonly kind: 'nothing';
  /** What is wrong with the record that there is; absent where there is none. */
  readonly why?: string;
}

/**
 * Reads what k6 left: the record, or what a k6 without the recorder wrote at its end.
 * @param spareFile where either is, should the folder of the run be gone or full
 */
export function whatWasLeft(folder: RunFolder, spareFile?: string): Left | NothingLeft {
  const measured = [folder.measuredFile, spareFile]
    .filter((file) => file !== undefined)
    .map(readMeasured)
    .find((each): each is K6Measurement => isMeasurementOf(folder.runId, each));
  if (measured !== undefined) return { kind: 'figures', measurement: measured, events: [], record: undefined };
  return recordLeft(folder, spareFile);
}

function recordLeft(folder: RunFolder, spareFile: string | undefined): Left | NothingLeft {
  try {
    const record = ownRecord(spareFile, folder) ?? readRecordIn(folder.path);
    if (record === undefined || runIdOfRecord(record) !== folder.runId) return { kind: 'nothing' };
    const { measurement, events } = measurementOfRecord(record);
    return { kind: 'figures', measurement, events, record: beyondFigures(record, measurement) };
  } catch (error) {
    return { kind: 'nothing', why: `its record cannot be read: ${whyUnread(error)}` };
  }
}

function beyondFigures(record: RunRecord, measurement: K6Measurement): Recorded {
  const { checksContent = false } = measurement;
  return {
    timeline: (run) => timelineOfRecord(record, run, checksContent).timeline,
    endpointsOverTime: (run) => endpointsOfRecord(record, run, checksContent),
    custom: customOfRecord(record, measurement),
    foldedRows: record.end.foldedRows,
  };
}

/** The recorder writes at the spare place where it could not finish its file: then it is the whole record. */
function ownRecord(spareFile: string | undefined, { runId }: RunFolder): RunRecord | undefined {
  if (spareFile === undefined || !existsSync(spareFile)) return undefined;
  const record = readRecordFile(spareFile);
  return runIdOfRecord(record) === runId ? record : undefined;
}
