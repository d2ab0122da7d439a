const INSTALL_PAGE = 'https://grafana.com/docs/k6/latest/set-up/install-k6/';

const PACKAGES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    `install k6 (Debian, Ubuntu): add Grafana's apt repository (${INSTALL_PAGE}), then: sudo apt-get install k6`,
    'install k6 (Fedora, RHEL): sudo dnf install https://dl.k6.io/rpm/repo.rpm && sudo dnf install k6',
  ],
  darwin: ['install k6: brew install k6'],
  win32: ['install k6: winget install k6 --source winget   (or: choco install k6)'],
};

/** The ways to a k6 on this system, one a line, as the "to do" of an error. */
export function waysToK6({ platform, goVersion }: { platform: NodeJS.Platform; goVersion: string }): string {
  const packages = PACKAGES[platform] ?? [`install k6: ${INSTALL_PAGE}`];
  return oneOf([
    `install Go ${goVersion} or newer (https://go.dev/dl/); k6-verdict then builds k6 itself, once, with its recorder`,
    ...packages,
    'set K6_BIN to the path of a k6 program',
  ]);
}

/**
 * What a load test lacks with a k6 from PATH that has no recorder, and how to get it, in one line. There was no Go,
 * or that k6 would not be used.
 */
export function whatIsMissing(file: string, { goVersion }: { goVersion: string }): string {
  return (
    `k6 on PATH is used, ${file}, which has no recorder: there is no curve over time, there are no causes of failures ` +
    'and no custom metrics, and test types that need single samples cannot run; to have them, ' +
    `install Go ${goVersion} or newer (https://go.dev/dl/), by which k6-verdict builds its own k6 once, ` +
    'or set K6_BIN to such a build from another computer'
  );
}

/** What to do when `go build` failed, judged by what it printed. */
export function adviceOnGoFailure(
  output: string,
  { goVersion, folder }: { goVersion: string; folder: string },
): string {
  const remedy = REMEDIES.find(({ symptom }) => symptom.test(output))?.remedy ?? (() => 'mend what go reports above');
  return oneOf([
    remedy({ goVersion, folder }),
    // A k6 on PATH is not taken in its place by itself: it measures less, and nobody would know why.
    `set K6_BIN to the path of another k6 program, one on PATH or a new one (${INSTALL_PAGE}); without our recorder it measures less`,
  ]);
}

interface Remedy {
  readonly symptom: RegExp;
  readonly remedy: (module: { goVersion: string; folder: string }) => string;
}

const REMEDIES: readonly Remedy[] = [
  {
    // The second text is what Go before 1.21 says of a version with three numbers.
    symptom: /requires go >= |invalid go version|toolchain not available/,
    remedy: ({ goVersion }) => `install Go ${goVersion} or newer: https://go.dev/dl/`,
  },
  {
    symptom:
      /no required module provides package|cannot find module providing package|missing go\.sum entry|updates to go\.mod needed/,
    remedy: ({ folder }) => `run "go mod tidy" in ${folder}: main.go imports what go.mod does not list`,
  },
  {
    symptom: /dial tcp|no such host|i\/o timeout|handshake|connection refused|proxyconnect|module lookup disabled/i,
    remedy: () => 'give go a network or a module proxy (GOPROXY, HTTPS_PROXY): it could not download the modules of k6',
  },
  {
    symptom: /no space left on device/,
    remedy: () => 'free disk space: a build needs about 2 GB for a while',
  },
];

function oneOf(ways: readonly string[]): string {
  return ['one of these:', ...ways].join('\n    - ');
}
