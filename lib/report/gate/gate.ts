import type { SummarySource } from '../../core/judge/run-summary.ts';
import type { Verdict } from '../../core/judge/verdict.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import type { Mistake } from '../../core/spec/errors.ts';
import type { Decision } from '../model/decision.ts';
import type { ThresholdRow } from '../model/thresholds.ts';

/** One stored run, judged again from its figures. */
export interface GatedRun {
  readonly runId: string;
  readonly scenario: string;
  readonly source: SummarySource;
  /** ISO 8601 UTC; absent where the file does not say. */
  readonly endedAt?: string;
  readonly commit?: string;
  readonly release?: string;
  /** Of the project, as its package.json names it. */
  readonly environment?: string;
  /** Absent where it is not known: a summary of k6's own does not store it. */
  readonly k6ExitCode?: number;
  readonly verdict: Verdict;
  readonly requests: number;
  /** Without credentials. */
  readonly target?: string;
  readonly loadSeconds?: number;
  readonly requestsPerSecond?: number;
  /** p95 of the ok replies, in milliseconds. */
  readonly okP95Ms?: number;
  /** Share (0-1) of what was judged that was not ok: 429 replies of a declared limit are left out. */
  readonly failedShare?: number;
  /** Why, most important first; at least one. */
  readonly reasons: readonly string[];
  /** Thresholds that are crossed and do not decide: of level `warn`, or waived. */
  readonly warnings: readonly string[];
  readonly thresholds: readonly ThresholdRow[];
  /** What a reader must know, such as that k6's exit code is unknown. */
  readonly notes: readonly string[];
}

/** What was named and could not be judged at all. */
export interface UnreadableInput extends Mistake {
  /** As it was named; `results/latest` without a name. */
  readonly name: string;
}

export type GateFinding = Pick<Problem, 'severity' | 'summary'>;

/**
 * `unreadable` when nothing worse was found in what could be read; `not_released` when every run passed, and a release
 * policy that was required is not met.
 */
export type GateVerdict = Verdict | 'unreadable' | 'not_released';

export const GATE_SCHEMA_VERSION = 1;

/** What the gate decided: everything that its formats show. */
export interface Gate {
  readonly schemaVersion: typeof GATE_SCHEMA_VERSION;
  readonly verdict: GateVerdict;
  readonly exitCode: number;
  /** One sentence, such as `FAIL: the service did not meet its thresholds under this load.` */
  readonly headline: string;
  /** Most important first; at least one. */
  readonly reasons: readonly string[];
  /** What the runs say for a release, in the words of the report. */
  readonly decision: Pick<Decision, 'recommendation' | 'sentence' | 'advice' | 'release'>;
  /** What the report finds of the service, the most severe first. */
  readonly findings: readonly GateFinding[];
  /** What makes the figures doubtful, and is not in both the sentence and the advice of the decision. */
  readonly caveats: readonly string[];
  readonly runs: readonly GatedRun[];
  readonly unreadable: readonly UnreadableInput[];
  readonly notes: readonly string[];
}
