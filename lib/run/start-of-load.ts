import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOfLoadIn } from '../core/judge/measurement-of-record.ts';
import type { RecordedSample } from '../core/measure/record/read-record.ts';
import type { RunFolder } from '../results/run-folder.ts';

/** The record is brought up to date once a second. */
const POLL_MS = 100;

/**
 * When the load of a k6 that runs begins, as its script notes it (Unix milliseconds).
 * @param over the end of its process
 * @returns undefined if it ended before
 */
export async function startOfLoad({ recordFile }: RunFolder, over: AbortSignal): Promise<number | undefined> {
  while (!over.aborted) {
    const found = existsSync(recordFile) ? startIn(readFileSync(recordFile, 'utf8')) : undefined;
    if (found !== undefined) return found;
    await sleep(POLL_MS);
  }
  return undefined;
}

function startIn(record: string): number | undefined {
  // The last line may be cut off, and is none of these.
  const samples = record.split('\n').filter((line) => line.startsWith('{"type":"sample"') && line.endsWith('}'));
  for (const line of samples) {
    const found = startOfLoadIn(JSON.parse(line) as RecordedSample);
    if (found !== undefined) return found;
  }
  return undefined;
}
