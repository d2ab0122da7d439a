import { createHash } from 'node:crypto';
import path from 'node:path';
import { BUILD_FLAGS } from './go-build.ts';
import type { K6Module } from './k6-module.ts';

/** The folder of one build in the cache: what it holds is decided by the sources, the flags and the kind of computer. */
export interface BuildPlace {
  readonly folder: string;
  /** The finished program; it exists only whole. */
  readonly program: string;
  readonly logFile: string;
  readonly lockPath: string;
}

/** `<cache>/k6-v2.2.0-linux-x64-<hash>/`: the name tells people what it is, the hash tells builds apart. */
export function buildPlaceOf(module: K6Module, cacheFolder: string): BuildPlace {
  const hash = createHash('sha256')
    .update(`${module.fingerprint}\0${BUILD_FLAGS.join('\0')}`)
    .digest('hex');
  const name = ['k6', `v${module.k6Version}`, process.platform, process.arch, hash.slice(0, 12)].join('-');
  const folder = path.join(cacheFolder, name);
  return {
    folder,
    program: path.join(folder, process.platform === 'win32' ? 'k6.exe' : 'k6'),
    logFile: path.join(folder, 'build.log'),
    lockPath: path.join(folder, 'build.lock'),
  };
}
