import { createReadStream, createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip, gunzipSync } from 'node:zlib';
import type { ExpectedLoad } from '../core/expected-load.ts';
import { type ParsedTimeline, parseTimeline, TIMELINE_TAG, type TimelineFacts } from '../core/parse-timeline.ts';
import { chooseTimeline } from '../core/timeline-period.ts';
import { usableMemoryBytes } from './k6-process.ts';

/** What k6 is to be told for a record of the run over time. */
export interface TimelinePlan {
  readonly environment: Readonly<Record<string, string>>;
  /** For whoever started the run, where the record is not as usual. */
  readonly remark?: string;
}

/** What else k6 is told, by its user. */
export interface TimelineSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly k6Arguments: readonly string[];
}

/** @param file where to, ending in .ndjson */
export function planTimeline(file: string, expected: ExpectedLoad, surroundings: TimelineSurroundings): TimelinePlan {
  const own = ownDashboard(surroundings);
  if (own !== undefined) {
    return { environment: {}, remark: `No requests over time: ${own} sets up a dashboard, and k6 has only one.` };
  }
  const { periodSeconds, ...remark } = chooseTimeline(expected, usableMemoryBytes());
  return { environment: periodSeconds === undefined ? {} : timelineEnvironment(file, periodSeconds), ...remark };
}

/**
 * Makes k6 record the run over time, with its own dashboard and without its server. The record is plain text while
 * it grows: of a compressed one nothing can be read when k6 is killed.
 */
export function timelineEnvironment(file: string, periodSeconds: number): Record<string, string> {
  return {
    K6_WEB_DASHBOARD: 'true',
    K6_WEB_DASHBOARD_PORT: '-1',
    K6_WEB_DASHBOARD_PERIOD: `${periodSeconds}s`,
    K6_WEB_DASHBOARD_TAGS: TIMELINE_TAG,
    K6_WEB_DASHBOARD_RECORD: file,
  };
}

/** The first thing by which somebody asked k6 for its dashboard already. */
function ownDashboard({ environment, k6Arguments }: TimelineSurroundings): string | undefined {
  const isSet = (name: string) => (environment[name] ?? '') !== '';
  const variable = Object.keys(environment).find((name) => name.startsWith('K6_WEB_DASHBOARD') && isSet(name));
  if (variable !== undefined) return variable;
  if (environment.K6_OUT?.includes(DASHBOARD)) return 'K6_OUT';
  return k6Arguments.find((argument) => argument.includes(DASHBOARD));
}

const DASHBOARD = 'web-dashboard';

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
