import path from 'node:path';
import envPaths from 'env-paths';
import type { Log, ProgressStream } from './build-progress.ts';
import { VERSION_TIMEOUT_MS } from './inspect-k6.ts';
import { ownModuleFolder } from './k6-module.ts';
import type { Environment } from './search-path.ts';

/** What `findK6` may be told about where it works. Everything has a default. */
export interface FindK6Options {
  /** Looked up for K6_BIN, PATH, K6_VERDICT_CACHE, and given to k6 and go. Default: `process.env`. */
  readonly env?: Environment;
  /** Takes the lines that say what is done. Default: standard error. */
  readonly log?: Log;
  /** Where the seconds of a build are counted if it is a terminal; else they are log lines. Default: standard error. */
  readonly progress?: ProgressStream;
  /** The Go module to build k6 from. Default: `module` beside the source file; a bundle must name it. */
  readonly moduleFolder?: string;
  /** Where builds are kept. Default: K6_VERDICT_CACHE, else the user's cache folder for k6-verdict. */
  readonly cacheFolder?: string;
  /** How long a k6 may take to tell its version. Default: 10 s. */
  readonly versionTimeoutMs?: number;
}

export type Surroundings = Required<FindK6Options>;

export function completeSurroundings(options: FindK6Options): Surroundings {
  const env = options.env ?? process.env;
  return {
    env,
    log: options.log ?? ((line) => void process.stderr.write(`${line}\n`)),
    progress: options.progress ?? process.stderr,
    moduleFolder: options.moduleFolder ?? ownModuleFolder(),
    cacheFolder: path.resolve(options.cacheFolder ?? (env.K6_VERDICT_CACHE || userCacheFolder())),
    versionTimeoutMs: options.versionTimeoutMs ?? VERSION_TIMEOUT_MS,
  };
}

function userCacheFolder(): string {
  return envPaths('k6-verdict', { suffix: '' }).cache;
}
