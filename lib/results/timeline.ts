import { createReadStream, createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import { type ParsedTimeline, parseTimeline, type TimelineFacts } from '../core/measure/parse-timeline.ts';

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
    await pipeline(createReadStream(file), createGzip({ level: 9 }), createWriteStream(compressed));
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

/** The run over time, from the record in its folder. Whatever is wrong with it becomes a note. */
export function readTimeline(runFolder: string, facts: TimelineFacts): ParsedTimeline {
  const file = timelineFile(runFolder);
  try {
    // Both are there when the tool was killed while it compressed: then the plain one is whole.
    if (existsSync(file)) return parseTimeline(readFileSync(file, 'utf8'), facts);
    if (!existsSync(`${file}.gz`)) return { note: 'No requests over time: nothing recorded them.' };
    return parseTimeline(gunzipAsFarAsPossible(readFileSync(`${file}.gz`)), facts);
  } catch (error) {
    return { note: `No requests over time: k6's record cannot be read (${(error as Error).message}).` };
  }
}

function gunzipAsFarAsPossible(compressed: Buffer): string {
  return gunzipSync(compressed, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
}
