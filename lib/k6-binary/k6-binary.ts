/** Where a k6 was found, in the order of preference. `built`: just now, from `module/`. */
export type K6Source = 'K6_BIN' | 'cache' | 'built' | 'PATH';

/** A k6 that runs here and has a supported version. */
export interface K6Binary {
  /** Absolute path of the program. */
  readonly path: string;
  /** Its version without the `v`, as in `2.2.0` or `2.1.0-rc1`. */
  readonly version: string;
  readonly source: K6Source;
  /** Whether our recorder (`module/recorder/`) is compiled in. One without it can only be measured by its summary. */
  readonly hasRecorder: boolean;
}

const SOURCE_TEXTS: Record<K6Source, string> = {
  K6_BIN: 'named by K6_BIN',
  cache: 'built earlier by k6-verdict',
  built: 'just built by k6-verdict',
  PATH: 'found on PATH',
};

/** One line for people: `k6 v2.2.0 at /usr/bin/k6 (found on PATH, without the recorder)`. */
export function describeK6({ path, version, source, hasRecorder }: K6Binary): string {
  return `k6 v${version} at ${path} (${SOURCE_TEXTS[source]}, ${hasRecorder ? 'with' : 'without'} the recorder)`;
}
