import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StoredRun } from '../core/judge/run-summary.ts';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { shownPath } from '../files/shown-path.ts';
import type { JointRecord } from '../report/model/joint-record.ts';
import { isFolder, JOINT, SUMMARY } from './find-run.ts';
import { readJointRecord } from './joint-file.ts';
import { whyWithoutSummary, withoutSummary } from './no-summary.ts';
import { readSummaryFile } from './read-summary-file.ts';

/** A stored run, and the folder with its log and its timeline, if it has one. */
export interface ReadRun {
  readonly run: StoredRun;
  /** Where it was read from, if it was. */
  readonly file?: string;
  readonly folder?: string;
}

/** What one name stands for. */
export interface NamedRuns {
  readonly runs: readonly ReadRun[];
  readonly notes: readonly string[];
  readonly joint?: JointRecord;
  readonly jointFolder?: string;
}

/**
 * Reads the run of a run folder or of a summary, or the runs of a joint test.
 * @throws UserError for whatever cannot be read
 */
export function readRun(place: string): NamedRuns {
  return isFolder(place) ? readFolder(place) : readFile(place);
}

function readFolder(folder: string): NamedRuns {
  if (existsSync(path.join(folder, JOINT))) return readJoint(folder);
  if (existsSync(path.join(folder, SUMMARY))) return readFile(path.join(folder, SUMMARY));
  throw withoutSummary(folder);
}

function readFile(file: string): NamedRuns {
  if (path.basename(file) === JOINT) return readJoint(path.dirname(file));
  const run = readSummaryFile(file);
  const isOurs = run.source === 'k6-verdict' || run.source === 'script';
  const isInRunFolder = path.basename(file) === SUMMARY && isOurs;
  return { runs: [{ run, file, ...present({ folder: isInRunFolder ? path.dirname(file) : undefined }) }], notes: [] };
}

/** The runs of a joint test lie beside its folder. One that k6 died of has no summary, and the others still count. */
function readJoint(folder: string): NamedRuns {
  const joint = readJointRecord(path.join(folder, JOINT));
  const folders = joint.runIds.map((runId) => path.join(path.dirname(folder), runId));
  const whole = folders.filter((each) => existsSync(path.join(each, SUMMARY)));
  if (whole.length === 0) {
    throw new UserError({
      what: `Not one run of the joint test ${joint.runId} has a summary.`,
      received: folders.length === 0 ? 'no run was started' : `no ${SUMMARY} in ${folders.map(shownPath).join(', ')}`,
      expected: `the folders of its runs beside ${shownPath(folder)}`,
      todo: 'bring them back, or run the test again',
    });
  }
  return {
    runs: whole.map((each) => {
      const file = path.join(each, SUMMARY);
      return { run: readSummaryFile(file), file, folder: each };
    }),
    notes: folders
      .filter((each) => !whole.includes(each))
      .map(
        (each) =>
          `${path.basename(each)} has no summary and is left out: ${existsSync(each) ? whyWithoutSummary(each) : 'its folder is gone'}.`,
      ),
    joint,
    jointFolder: folder,
  };
}
