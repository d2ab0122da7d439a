/** Every exit code of our own. Codes 97-110 are k6's and are passed through. */
export const EXIT = {
  pass: 0,
  badInput: 2,
  noSummary: 3,
  /** k6's own code for crossed thresholds. */
  thresholds: 99,
  /** k6's own code for a run that was stopped from outside. */
  aborted: 105,
  /** k6's own code for an exception outside of the load. */
  scriptException: 107,
  /** The shells' code for a program that Ctrl-C ended: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** Every exit code of the gate. */
export const GATE_EXIT = { pass: 0, failed: 1, nothingToJudge: 2 } as const;

/** What the exit codes of `gate` mean, as the README prints them. */
export const GATE_EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', '`pass`: every run passed'],
  [
    '1',
    '`fail`, `invalid_load`, `incomplete`, or `no_data` on something that must be judged; under `--release`, a release policy that is not met',
  ],
  [
    '2',
    'bad usage, an input that cannot be read, an output that cannot be written, no thresholds to judge by, or nothing measured at all; 1 wins over 2',
  ],
];

/** Every exit code of a comparison. */
export const COMPARE_EXIT = { pass: 0, regressed: 1, badInput: 2, inconclusive: 3, incomparable: 4 } as const;

/** What the exit codes of `compare` and `ab` mean, as the README prints them. */
export const COMPARE_EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'nothing regressed; or `inconclusive`, with a warning'],
  ['1', '`regressed`: something that is gated got worse'],
  ['2', 'bad usage, or an input that cannot be read'],
  ['3', '`inconclusive` under `--strict`'],
  ['4', 'no baseline, or the runs cannot be compared (`--allow-missing-baseline`: 0 where there is no baseline)'],
];

/** Whether a code tells more than pass or crossed thresholds: that k6, or we, ended for another reason. */
export function isOwnReason(exitCode: number): boolean {
  return exitCode !== EXIT.pass && exitCode !== EXIT.thresholds;
}

/** What the exit codes of `run` mean, as the README prints them. */
export const RUN_EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', '`pass`: the load was delivered and every threshold holds'],
  ['2', 'bad input, or a target that cannot be reached: nothing was sent'],
  [
    '3',
    'k6 was killed (by somebody, or for want of memory): what it measured up to its last second is in the report, as `incomplete`; or it left no results',
  ],
  ['99', '`fail`, `no_data` or `invalid_load`, whether k6 or k6-verdict found it'],
  ['130', 'interrupted before k6 started: nothing was sent'],
  [
    'other',
    "k6's own code: 100 setup timeout, 104 invalid configuration, 105 interrupted, 107 script exception (of `teardown` as well), 108 `test.abort()`, 110 marked as failed, ...",
  ],
];
