import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/spec/errors.ts';
import { shownName } from '../core/spec/shown.ts';
import { inspectK6 } from './inspect-k6.ts';
import { waysToK6, whatIsMissing } from './install-advice.ts';
import type { K6Binary } from './k6-binary.ts';
import { type K6Module, readK6Module } from './k6-module.ts';
import { isSupportedK6, PINNED_K6, SUPPORTED_K6 } from './k6-version.ts';
import { ownK6 } from './own-k6.ts';
import { findOnPath, programAt } from './search-path.ts';
import { completeSurroundings, type FindK6Options, type Surroundings } from './surroundings.ts';

export type { FindK6Options } from './surroundings.ts';

/**
 * The k6 to use, in this order: the one that K6_BIN names; the cached build; a new build, which takes about a minute
 * and is shared by all runs that need it; where there is no Go to build with, the first supported k6 on PATH. Our own
 * comes before one on PATH since it has the recorder.
 * @throws UserError if K6_BIN is set to anything but a supported k6, if a build fails (a k6 on PATH does not hide
 * that), or if there is neither a k6 nor Go
 */
export async function findK6(options: FindK6Options = {}): Promise<K6Binary> {
  const surroundings = completeSurroundings(options);
  const named = surroundings.env.K6_BIN;
  if (named !== undefined && named !== '') return namedK6(named, surroundings);

  const module = await readK6Module(surroundings.moduleFolder);
  const own = await ownK6(module, surroundings);
  if (own !== undefined) return own;

  const { supported, passedOver } = await k6OnPath(surroundings);
  if (supported === undefined) throw noWayToK6(module, passedOver);
  if (!supported.hasRecorder) surroundings.log(whatIsMissing(supported.path, module));
  return supported;
}

/** Whoever sets K6_BIN means that program: another one in its place would be a silent lie about what was measured. */
async function namedK6(named: string, surroundings: Surroundings): Promise<K6Binary> {
  const { env, versionTimeoutMs } = surroundings;
  const wanted = path.resolve(named);
  const file = existsSync(wanted) ? wanted : await programAt(wanted, env);
  if (file === undefined) throw badK6Bin(named, 'names a file that does not exist', `there is no ${wanted}`);
  if (!statSync(file).isFile()) throw badK6Bin(named, 'does not name a file', `${file} is a folder or a device`);

  const inspection = await inspectK6(file, env, versionTimeoutMs);
  if (inspection.kind === 'not_k6')
    throw badK6Bin(named, 'names a file that is not a k6 that runs here', `${file} ${inspection.problem}`);
  if (!isSupportedK6(inspection.version))
    throw badK6Bin(named, 'names a k6 that is not supported', `k6 v${inspection.version} at ${file}`);
  return { path: file, version: inspection.version, source: 'K6_BIN', hasRecorder: inspection.hasRecorder };
}

function badK6Bin(named: string, problem: string, received: string): UserError {
  return new UserError({
    what: `K6_BIN ${problem}`,
    received: `K6_BIN=${shownName(named)}: ${received}`,
    expected: `the path of a k6 program, version ${SUPPORTED_K6}`,
    todo: `correct K6_BIN, or unset it to use our own build of k6 v${PINNED_K6} (without Go: a k6 on PATH)`,
  });
}

async function k6OnPath(surroundings: Surroundings): Promise<{ supported?: K6Binary; passedOver: string[] }> {
  const { env, log, versionTimeoutMs } = surroundings;
  const passedOver: string[] = [];
  for (const file of await findOnPath('k6', env)) {
    const inspection = await inspectK6(file, env, versionTimeoutMs);
    if (inspection.kind === 'k6' && isSupportedK6(inspection.version)) {
      const { version, hasRecorder } = inspection;
      return { supported: { path: file, version, source: 'PATH', hasRecorder }, passedOver };
    }
    const problem = inspection.kind === 'k6' ? `is v${inspection.version}, not ${SUPPORTED_K6}` : inspection.problem;
    passedOver.push(`${file} ${problem}`);
    log(`k6 on PATH passed over: ${file} ${problem}`);
  }
  return { passedOver };
}

function noWayToK6({ goVersion }: K6Module, passedOver: readonly string[]): UserError {
  const onPath = passedOver.length > 0 ? passedOver : ['no k6 on PATH'];
  return new UserError({
    what: 'there is no k6 on this computer, and no Go to build it with',
    received: ['K6_BIN is not set', 'no go on PATH', ...onPath].join('; '),
    expected: `Go ${goVersion} or newer, or k6 ${SUPPORTED_K6}`,
    todo: waysToK6({ platform: process.platform, goVersion }),
  });
}
