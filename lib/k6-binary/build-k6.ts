import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../core/spec/errors.ts';
import type { BuildPlace } from './build-place.ts';
import { showElapsed } from './build-progress.ts';
import { goBuild } from './go-build.ts';
import { type InspectedK6, inspectK6 } from './inspect-k6.ts';
import type { K6Module } from './k6-module.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Builds k6 and puts it into its place, whole or not at all, after it has answered once. Returns what it said.
 * @throws UserError if go fails, or the program it made does not run here
 */
export async function buildK6(
  go: string,
  module: K6Module,
  place: BuildPlace,
  surroundings: Surroundings,
): Promise<InspectedK6> {
  const { env, log, progress, versionTimeoutMs } = surroundings;
  const activity = `building k6 v${module.k6Version}`;
  const startMs = performance.now();
  log(`${activity}, about a minute, once`);
  await removeOldLeftovers(place.folder);

  const unfinished = unfinishedFile(place);
  const stopShowing = showElapsed(activity, { log, stream: progress });
  const cleanUp = (): void => {
    stopShowing();
    rmSync(unfinished, { force: true });
  };
  try {
    await goBuild({ go, module, env, output: unfinished, logFile: place.logFile, cleanUp });
    const inspection = await inspectK6(unfinished, env, versionTimeoutMs);
    if (inspection.kind === 'not_k6') throw builtInVain(place, inspection.problem);
    await moveIntoPlace(unfinished, place.program);
    stopShowing();
    log(`built k6 v${inspection.version} in ${Math.round((performance.now() - startMs) / 1000)} s: ${place.program}`);
    return inspection;
  } finally {
    cleanUp();
  }
}

const UNFINISHED_PREFIX = 'unfinished-';

/** Beside the final place, because only there a rename is atomic; with the ending that Windows wants of a program. */
function unfinishedFile({ folder, program }: BuildPlace): string {
  const unique = `${process.pid}-${randomBytes(4).toString('hex')}`;
  return path.join(folder, `${UNFINISHED_PREFIX}${unique}${path.extname(program)}`);
}

/** Removes what killed builds left; not what is fresh, since a build that lost its lock may still be at it. */
async function removeOldLeftovers(folder: string): Promise<void> {
  const hourAgoMs = Date.now() - 3_600_000;
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!name.startsWith(UNFINISHED_PREFIX)) continue;
    const modifiedMs = await stat(file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    if (modifiedMs < hourAgoMs) await rm(file, { force: true });
  }
}

const MOVE_ATTEMPTS = 10;
const MOVE_PAUSE_MS = 300;

/** On Windows, a virus scanner holds a new program for a moment. */
async function moveIntoPlace(unfinished: string, program: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(unfinished, program);
    } catch (error) {
      if (process.platform !== 'win32' || attempt === MOVE_ATTEMPTS) throw error;
      await sleep(MOVE_PAUSE_MS);
    }
  }
}

function builtInVain(place: BuildPlace, problem: string): UserError {
  return new UserError({
    what: `the k6 that was built in ${place.folder} does not run`,
    received: `it ${problem}`,
    expected: 'a program that answers "version" with a k6 version',
    todo: 'set K6_VERDICT_CACHE to a folder from which programs may be run, or K6_BIN to a k6 program',
  });
}
