import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const PERIOD = '2s';

/**
 * Makes k6 record the run over time, with its own dashboard and without its server. The record is plain text while
 * it grows: of a compressed one nothing can be read when k6 is killed.
 * @param file where to, ending in .ndjson
 */
export function timelineEnvironment(file: string): Record<string, string> {
  return {
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_PORT: '-1',
    K6_WEB_DASHBOARD_PERIOD: PERIOD,
    K6_WEB_DASHBOARD_TAGS: 'endpoint',
    K6_WEB_DASHBOARD_RECORD: file,
  };
}

export function timelineFile(runFolder: string): string {
  return path.join(runFolder, 'timeline.ndjson');
}

/** Compresses the record; a run that recorded nothing has none. */
export async function compressTimeline(file: string): Promise<void> {
  if (!existsSync(file)) return;
  await pipeline(createReadStream(file), createGzip({ level: 9 }), createWriteStream(`${file}.gz`));
  rmSync(file);
}
