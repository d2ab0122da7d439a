import semver from 'semver';

/** The versions of k6 that k6-verdict works with, as a semver range. */
export const SUPPORTED_K6 = '>=2.0.0 <3';

/** The version of k6 that k6-verdict builds when there is none: the one that `module/go.mod` requires. */
export const PINNED_K6 = '2.2.0';

/**
 * The line of `k6 version` that tells it: `k6 v2.1.0-rc1 (commit/1a2b3c, go1.26.8, linux/amd64)`. The first word is
 * the name of k6's own file, so a k6 in `k6-v2.2.0-linux-amd64` or `load.exe` begins with that: any name is good if
 * the part in parentheses follows.
 */
const VERSION_LINE = /^(?:k6 v?(?<plain>\S+)|.+ v(?<full>\S+) \((?:commit\/[^,]+, )?[^,()]*go\d[^,()]*, \w+\/\w+\))/m;

/**
 * The version in what `k6 version` prints, without the `v`. Lines around it (a k6 with extensions lists them) do not
 * matter. `undefined` if no line is a k6 version.
 */
export function parseK6Version(printed: string): string | undefined {
  const { plain, full } = VERSION_LINE.exec(printed)?.groups ?? {};
  return semver.parse(plain ?? full)?.raw.replace(/^v/, '');
}

/**
 * The line of `k6 version` that tells of our recorder (`module/recorder/`), an output named `verdict`. k6 lists below
 * its version what is compiled in, as `  <module> <version>, <name> [<type>]`; for a package of the main module it
 * names the constructor and has no version: `  k6-verdict/k6/recorder.New , verdict [output]`. An output of the same
 * name by somebody else is not ours.
 */
const RECORDER_LINE = /^\s+k6-verdict\/k6(?:\/\S*)? \S*, verdict \[output\]\r?$/m;

/** Whether what `k6 version` prints says that our recorder is compiled in. */
export function listsRecorder(printed: string): boolean {
  return RECORDER_LINE.test(printed);
}

/** Whether k6-verdict works with this version. A prerelease of a supported version counts as supported. */
export function isSupportedK6(version: string): boolean {
  return semver.satisfies(version, SUPPORTED_K6, { includePrerelease: true });
}
