import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { UserError } from '../core/spec/errors.ts';
import { present } from '../core/spec/present.ts';
import { withoutCredentials } from '../core/spec/shown.ts';
import { adviceOnGoFailure } from './install-advice.ts';
import type { K6Module } from './k6-module.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';
import type { Environment } from './search-path.ts';

export interface GoBuild {
  /** Path of the go program. */
  readonly go: string;
  readonly module: K6Module;
  readonly env: Environment;
  /** File to write the program to. */
  readonly output: string;
  /** File that takes all that go prints. */
  readonly logFile: string;
  /** Removes what is half done, when this process is about to end. */
  readonly cleanUp: () => void;
}

const SHOWN_LOG_LINES = 15;

/**
 * Builds the module with go.
 * @throws UserError with the last lines that go printed
 */
export async function goBuild(build: GoBuild): Promise<void> {
  const end = await runGo(build);
  if (end.kind !== 'ended' || !end.ok) throw await goFailure(build, end);
}

/**
 * The flags of a build; each beats the same flag in the user's GOFLAGS (`-mod=vendor`, `-race`, ...).
 * They decide what program comes out, so they are part of a build's name in the cache, like the sources.
 */
export const BUILD_FLAGS: readonly string[] = [
  '-trimpath',
  '-ldflags=-s -w',
  '-mod=readonly',
  // The module's folder may lie in a repository that is not its own, or that git refuses to read.
  '-buildvcs=false',
  // A GOFLAGS for libraries would not give a program.
  '-buildmode=default',
  // These three need cgo.
  '-race=false',
  '-msan=false',
  '-asan=false',
];

async function runGo({ go, module, env, output, logFile, cleanUp }: GoBuild): Promise<ProgramEnd> {
  const args = ['build', ...BUILD_FLAGS, '-o', output, '.'];
  rmSync(logFile, { force: true });
  const outputFile = openSync(logFile, 'wx');
  try {
    writeSync(outputFile, `${module.folder}$ ${go} ${args.join(' ')}\n`);
    return await runProgram({ program: go, args, env: goEnvironment(env), folder: module.folder, outputFile, cleanUp });
  } finally {
    closeSync(outputFile);
  }
}

/** The user's settings for go (proxy, cache, toolchain) hold, except for those that would give another program. */
export function goEnvironment(env: Environment): Environment {
  const goos = GO_PLATFORMS[process.platform];
  const goarch = GO_ARCHITECTURES[process.arch];
  return {
    ...env,
    CGO_ENABLED: '0',
    GO111MODULE: 'on',
    // A workspace around the project knows nothing of this module.
    GOWORK: 'off',
    // Someone who cross-compiles their own programs still needs a k6 that runs here.
    ...present({ GOOS: goos, GOARCH: goarch }),
  };
}

const GO_PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
  freebsd: 'freebsd',
};

const GO_ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: '386',
};

async function goFailure({ go, module, logFile }: GoBuild, end: ProgramEnd): Promise<UserError> {
  const printed = (await readFile(logFile, 'utf8')).split('\n').slice(1);
  // Hundreds of downloads come before the one line that matters.
  const telling = printed.filter((line) => line.trim() !== '' && !line.startsWith('go: downloading '));
  return new UserError({
    what: `${go} could not build k6 v${module.k6Version} from ${module.folder}`,
    received: [
      howItEnded(end),
      ...telling.slice(-SHOWN_LOG_LINES).map(withoutCredentials),
      `all of it: ${logFile}`,
    ].join('\n    '),
    expected: `a build by Go ${module.goVersion} or newer, with the modules of k6 from its cache, a proxy or the network`,
    todo: adviceOnGoFailure(telling.join('\n'), module),
  });
}

function howItEnded(end: ProgramEnd): string {
  switch (end.kind) {
    case 'not_started':
      return `go cannot be started: ${end.error.message}`;
    case 'timed_out':
      return 'go took too long';
    case 'ended':
      return `go build ended with ${end.how}:`;
  }
}
