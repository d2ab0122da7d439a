import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import { scriptFactsIn } from '../core/judge/script/script-facts.ts';
import type { Watches } from '../core/measure/record/course.ts';
import { WATCHES } from '../core/measure/record/over-time.ts';
import { type RunRecord, readRecord } from '../core/measure/record/read-record.ts';
import type { StartLine } from '../core/measure/record/record-format.ts';
import { watchesOfScript } from '../core/measure/record/requests-of-script.ts';
import { UserError } from '../core/spec/errors.ts';
import { readBytes, type WantedFile } from '../files/read-text.ts';

/** What the recorder writes while k6 runs. */
export function recordFile(runFolder: string): string {
  return path.join(runFolder, 'record.ndjson');
}

/**
 * Compresses the record; a run that recorded nothing has none. The load is over: whatever happens here must not cost
 * its report.
 * @returns what went wrong, if anything: the record then stays as it is
 */
export async function compressRecord(file: string): Promise<string | undefined> {
  const compressed = `${file}.gz`;
  try {
    if (!existsSync(file)) return undefined;
    rmSync(compressed, { force: true });
    await pipeline(createReadStream(file), createGzip(), createWriteStream(compressed, { flags: 'wx' }));
    rmSync(file);
    return undefined;
  } catch (error) {
    removeIfPossible(compressed);
    return `The record of the run could not be compressed: ${(error as Error).message}`;
  }
}

function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then it stays: a plain record beside it is read first.
  }
}

/** The recorder's periods get longer, so that a run of days has no more (docs/architecture.md, "The record"). */
const MOST_RECORD_BYTES = 512 * 1024 * 1024;
const RECORD: WantedFile = {
  what: 'The record of the run cannot be read.',
  expected: 'record.ndjson.gz as k6-verdict leaves it',
  mostBytes: MOST_RECORD_BYTES,
};

/**
 * The record in the folder of a run; undefined where there is none.
 * @throws Error or UserError for one that cannot be read
 */
export function readRecordIn(runFolder: string): RunRecord | undefined {
  const file = recordFile(runFolder);
  // Both are there when the tool was killed while it compressed: then the plain one is whole.
  if (existsSync(file)) return readRecordFile(file);
  if (!existsSync(`${file}.gz`)) return undefined;
  return readRecord(linesOf(gunzipAsFarAsPossible(readBytes(`${file}.gz`, RECORD))), { watches: watchesOf });
}

/** The same, where a record that cannot be read is as good as none. */
export function tryToReadRecordIn(runFolder: string): RunRecord | undefined {
  try {
    return readRecordIn(runFolder);
  } catch {
    return undefined;
  }
}

/** @throws Error or UserError for a record that cannot be read */
export function readRecordFile(file: string): RunRecord {
  return readRecord(linesOf(readBytes(file, RECORD)), { watches: watchesOf });
}

function watchesOf(start: StartLine): Watches {
  return scriptFactsIn(start) === undefined ? WATCHES : watchesOfScript(start);
}

function gunzipAsFarAsPossible(compressed: Buffer): Buffer {
  return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_RECORD_BYTES });
}

/** One text at a time: a record can be larger than all texts together may be. */
function* linesOf(bytes: Buffer): Iterable<string> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end === -1 ? bytes.length : end;
    yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}

/** Why a record could not be read, in a few words. */
export function whyUnread(error: unknown): string {
  if (error instanceof UserError) return error.mistake.received ?? error.mistake.what;
  const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  return isLarge ? `it unpacks to more than ${MOST_RECORD_BYTES / 1024 / 1024} MB` : (error as Error).message;
}
