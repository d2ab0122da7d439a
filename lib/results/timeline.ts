import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import { type ParsedTimeline, parseTimeline, type TimelineFacts } from '../core/measure/parse-timeline.ts';
import { UserError } from '../core/spec/errors.ts';
import { readBytes, readText } from '../files/read-text.ts';

export function timelineFile(runFolder: string): string {
  return path.join(runFolder, 'timeline.ndjson');
}

/**
 * Compresses the record; a run that recorded nothing has none. The load is over: whatever happens here must not cost
 * its report.
 * @returns what went wrong, if anything: the record then stays as it is
 */
export async function compressTimeline(file: string): Promise<string | undefined> {
  const compressed = `${file}.gz`;
  try {
    if (!existsSync(file)) return undefined;
    rmSync(compressed, { force: true });
    await pipeline(createReadStream(file), createGzip({ level: 9 }), createWriteStream(compressed, { flags: 'wx' }));
    rmSync(file);
    return undefined;
  } catch (error) {
    removeIfPossible(compressed);
    return `The record of the run over time could not be compressed: ${(error as Error).message}`;
  }
}

function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then it stays: a plain record beside it is read first.
  }
}

/** A run of a year has some 30 MB: k6 looks 2,880 times at most (docs/architecture.md, "The run over time"). */
const MOST_RECORD_BYTES = 128 * 1024 * 1024;
const RECORD = {
  what: "k6's record of the run over time cannot be read.",
  expected: 'timeline.ndjson.gz as k6-verdict leaves it',
  mostBytes: MOST_RECORD_BYTES,
};

/** The run over time, from the record in its folder. Whatever is wrong with it becomes a note. */
export function readTimeline(runFolder: string, facts: TimelineFacts): ParsedTimeline {
  const file = timelineFile(runFolder);
  try {
    // Both are there when the tool was killed while it compressed: then the plain one is whole.
    if (existsSync(file)) return parseTimeline(readText(file, RECORD), facts);
    if (!existsSync(`${file}.gz`)) return { note: 'No requests over time: nothing recorded them.' };
    return parseTimeline(gunzipAsFarAsPossible(readBytes(`${file}.gz`, RECORD)), facts);
  } catch (error) {
    return { note: `No requests over time: k6's record cannot be read (${whyUnread(error)}).` };
  }
}

function gunzipAsFarAsPossible(compressed: Buffer): string {
  const limits = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_RECORD_BYTES };
  return gunzipSync(compressed, limits).toString('utf8');
}

function whyUnread(error: unknown): string {
  if (error instanceof UserError) return error.mistake.received ?? error.mistake.what;
  const isLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
  return isLarge ? `it unpacks to more than ${MOST_RECORD_BYTES / 1024 / 1024} MB` : (error as Error).message;
}
