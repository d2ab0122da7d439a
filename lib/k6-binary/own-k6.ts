import { constants, existsSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { UserError } from '../core/spec/errors.ts';
import { reasonOf } from '../files/file-mistake.ts';
import { buildK6 } from './build-k6.ts';
import { takeTurn } from './build-lock.ts';
import { type BuildPlace, buildPlaceOf } from './build-place.ts';
import { showElapsed } from './build-progress.ts';
import { type InspectedK6, inspectK6 } from './inspect-k6.ts';
import type { K6Binary } from './k6-binary.ts';
import type { K6Module } from './k6-module.ts';
import { isSupportedK6, SUPPORTED_K6 } from './k6-version.ts';
import { findOnPath } from './search-path.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The k6 that k6-verdict keeps for itself: the cached build of the module, or a new one. `undefined` if there is no
 * build and no Go to make one.
 * @throws UserError if a build fails, or gives a k6 that is not supported
 */
export async function ownK6(module: K6Module, surroundings: Surroundings): Promise<K6Binary | undefined> {
  const place = buildPlaceOf(module, surroundings.cacheFolder);
  const own = (await cachedK6(place, surroundings)) ?? (await buildOrAwait(module, place, surroundings));
  if (own !== undefined && !isSupportedK6(own.version)) throw unsupportedModule(module, own.version);
  return own;
}

async function cachedK6(
  place: BuildPlace,
  { env, log, versionTimeoutMs }: Surroundings,
): Promise<K6Binary | undefined> {
  if (!existsSync(place.program)) return undefined;
  const inspection = await inspectK6(place.program, env, versionTimeoutMs);
  if (inspection.kind === 'k6') return ownAt(place, inspection, 'cache');
  log(`the k6 built earlier, ${place.program}, ${inspection.problem}; it is not used`);
  return undefined;
}

function ownAt({ program }: BuildPlace, { version, hasRecorder }: InspectedK6, source: 'cache' | 'built'): K6Binary {
  return { path: program, version, source, hasRecorder };
}

async function buildOrAwait(
  module: K6Module,
  place: BuildPlace,
  surroundings: Surroundings,
): Promise<K6Binary | undefined> {
  const [go] = await findOnPath('go', surroundings.env);
  if (go === undefined) return undefined;
  await makeFolder(place.folder);

  const giveBack = await takeTurn(place.lockPath, () => showWaiting(module, surroundings));
  try {
    // Another process may have built it between our first look and our turn.
    const cached = await cachedK6(place, surroundings);
    if (cached !== undefined) return cached;
    return ownAt(place, await buildK6(go, module, place, surroundings), 'built');
  } finally {
    await giveBack();
  }
}

function showWaiting({ k6Version }: K6Module, { log, progress }: Surroundings): () => void {
  log(`another run is building k6 v${k6Version}; waiting for it`);
  return showElapsed(`waiting for k6 v${k6Version} from another run`, { log, stream: progress });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UserError({
      what: `k6 cannot be built in the cache folder ${folder}`,
      received: reasonOf(error),
      expected: 'a folder that can be written to',
      todo: 'set K6_VERDICT_CACHE to such a folder, or K6_BIN to a k6 program',
    });
  }
}

function unsupportedModule({ folder }: K6Module, version: string): UserError {
  return new UserError({
    what: `the module ${folder} builds a k6 that k6-verdict does not support`,
    received: `k6 v${version}`,
    expected: `k6 ${SUPPORTED_K6}`,
    todo: 'require a supported k6 in its go.mod and run "go mod tidy" there, or set K6_BIN to a k6 program',
  });
}
