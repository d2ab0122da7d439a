import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/errors.ts';
import { isObject } from '../core/k6-shapes/recognise.ts';
import { parseJson, shownPath } from './read-summary-file.ts';
import { writeResult } from './run-folder.ts';

export type Side = 'base' | 'head';

/** `ab.json`: which runs were made, in which order, so that they can be compared again. */
export interface AbRecord {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly scenario: string;
  readonly isSelfCheck: boolean;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly pairsPerLook: number;
  readonly looks: number;
  /** In the order in which they ran. */
  readonly runs: readonly RecordedRun[];
}

export interface RecordedRun {
  readonly side: Side;
  readonly pair: number;
  readonly runId: string;
  readonly isUsable: boolean;
}

/** The record in the folder of an ab. */
export function abRecordFile(folder: string): string {
  return path.join(folder, 'ab.json');
}

export async function writeAbRecord(folder: string, record: Omit<AbRecord, 'schemaVersion'>): Promise<void> {
  const whole: AbRecord = { schemaVersion: 1, ...record };
  await writeResult(folder, path.basename(abRecordFile(folder)), `${JSON.stringify(whole, null, 1)}\n`);
}

/** The record of pairs of base against base. @throws UserError for a folder without it, and for any other record */
export function readSelfCheck(folder: string): AbRecord {
  const file = abRecordFile(folder);
  const refuse = (received: string) =>
    new UserError({
      what: `${shownPath(file)} does not name pairs of base against base.`,
      received,
      expected: 'the folder that `ab --aa` wrote',
    });
  if (!existsSync(file)) throw refuse('no such file');
  const json = parseJson(readFileSync(file, 'utf8'), file);
  if (!isObject(json) || json.schemaVersion !== 1 || !Array.isArray(json.runs)) throw refuse('something else');
  if (json.isSelfCheck !== true) throw refuse('a comparison of two releases');
  return json as unknown as AbRecord;
}
