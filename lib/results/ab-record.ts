import { existsSync } from 'node:fs';
import path from 'node:path';
import { isObject } from '../core/foreign/recognise.ts';
import { UserError } from '../core/spec/errors.ts';
import { readText } from '../files/read-text.ts';
import { shownPath } from '../files/shown-path.ts';
import { expectShape } from './expect-shape.ts';
import type { KeptResults } from './kept-results.ts';
import { parseJson } from './read-summary-file.ts';
import { expectKnownVersion } from './validate-summary.ts';

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

const AB_RECORD = 'ab.json';

/** The record in the folder of an ab. */
export function abRecordFile(folder: string): string {
  return path.join(folder, AB_RECORD);
}

export function writeAbRecord(kept: KeptResults, record: Omit<AbRecord, 'schemaVersion'>): void {
  const whole: AbRecord = { schemaVersion: 1, ...record };
  kept.write(AB_RECORD, `${JSON.stringify(whole, null, 1)}\n`);
}

/** The record of pairs of base against base. @throws UserError for a folder without it, and for any other record */
export function readSelfCheck(folder: string): AbRecord {
  const file = abRecordFile(folder);
  const notOne = {
    what: `${shownPath(file)} does not name pairs of base against base.`,
    expected: 'the folder that `ab --aa` wrote',
  };
  if (!existsSync(file)) throw new UserError({ ...notOne, received: 'no such file' });
  const json = parseJson(readText(file, notOne), file);
  if (isObject(json)) expectKnownVersion(json, shownPath(file), 1);
  const record = expectShape<AbRecord>('ab', json, notOne);
  if (!record.isSelfCheck) throw new UserError({ ...notOne, received: 'a comparison of two releases' });
  return record;
}
