import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { present } from '../core/spec/present.ts';
import { readJson } from '../files/read-json.ts';
import { replaceFile } from '../files/replace-file.ts';
import { birthOf } from '../process/process-facts.ts';
import type { RunFolder } from '../results/run-folder.ts';

/** The process that is to finish a run. */
interface Finisher {
  readonly pid: number;
  readonly bornAt?: string;
}

function fileOf({ path: folder }: Pick<RunFolder, 'path'>): string {
  return path.join(folder, '.run.json');
}

/** Before k6 is started, and again when it has ended. A run goes on without it, should the disk be full by now. */
export function keepUnfinished(folder: RunFolder, run: object): void {
  const by = { pid: process.pid, ...present({ bornAt: birthOf(process.pid) }) };
  try {
    replaceFile(fileOf(folder), JSON.stringify({ by, ...run }));
  } catch {
    // Then nobody can finish it but us.
  }
}

/** Once the summary is written, what it was made from is not needed any more. */
export function removeUnfinished(folder: RunFolder): void {
  try {
    for (const file of [fileOf(folder), folder.measuredFile]) rmSync(file, { force: true });
  } catch {
    // Then they stay: nothing reads them beside a summary.
  }
}

/** What is known of the run of a folder that k6 measured, and that nobody finishes any more; undefined where there is none. */
export function readUnfinished(folder: RunFolder): unknown {
  if (!existsSync(fileOf(folder)) || filesLeft(folder).length === 0) return undefined;
  try {
    const kept = readJson(fileOf(folder), { what: 'What is known of the run cannot be read.', expected: 'JSON' });
    const { by, ...known } = kept as { readonly by: Finisher };
    return isStillAtWork(by) ? undefined : known;
  } catch {
    return undefined;
  }
}

/** What k6 may have left of a run. */
function filesLeft({ recordFile, measuredFile }: RunFolder): string[] {
  return [recordFile, `${recordFile}.gz`, measuredFile].filter((file) => existsSync(file));
}

function isStillAtWork({ pid, bornAt }: Finisher): boolean {
  if (bornAt !== undefined) return birthOf(pid) === bornAt;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** When k6 wrote last: where nobody saw its end, that was it. */
export function lastChangeOf(folder: RunFolder): Date {
  return statSync(filesLeft(folder)[0] ?? folder.path).mtime;
}
