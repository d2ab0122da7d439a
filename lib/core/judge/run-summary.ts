import type { EndpointsOverTime } from '../measure/endpoints-over-time.ts';
import type { MeasuredRun, StoredEndpoint, StoredLoad } from '../measure/measured.ts';
import type { Study } from '../questions/table.ts';
import type { MemoryUse } from '../spec/memory-use.ts';
import type { CustomFigures, K6Check, K6Figure } from './custom-figures.ts';
import type { ScriptWorkload } from './script/script-workload.ts';
import type { JudgedThreshold, StoredThreshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

export type { CustomFigures, K6Check, K6Figure } from './custom-figures.ts';

/** Raised when a reader of an older version would misread the file. */
export const SCHEMA_VERSION = 2;

/** The machine that made the load. */
export interface GeneratorHost {
  readonly platform: string;
  readonly arch: string;
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** One-minute load average before and after; absent on Windows, which has none. */
  readonly loadAverage?: readonly [before: number, after: number];
  /** Share (0-1) of the whole machine's CPU time during the run that was not idle. */
  readonly cpuBusyShare?: number;
  /** What k6 itself took of it; absent where k6 was too short to be seen, and in older summaries. */
  readonly k6?: GeneratorUsage;
  /** The memory of the machine while k6 ran; absent in older summaries. */
  readonly memory?: MemoryUse;
  /** `host:port` of the proxy that requests went through. */
  readonly proxy?: string;
}

export interface GeneratorUsage {
  readonly cpuSeconds: number;
  /** Share (0-1) of the CPU time of all cores while k6 ran. */
  readonly cpuShare: number;
  /** The most memory (resident set) that k6 was seen to hold. */
  readonly peakMemoryBytes: number;
}

/** The service under test, as the project declares it in package.json. */
export interface SystemUnderTest {
  readonly name?: string;
  /** Decides whether recommendations show code. */
  readonly stack?: string;
}

/** One of the k6 processes of a run, as it ended by itself. */
export interface MergedInstance {
  readonly instance: number;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Of its load; absent in runs that were merged before this was kept. */
  readonly loadStartedAt?: string;
  readonly windowSeconds?: number;
  readonly requests: number;
  /** By its own part of the load. */
  readonly verdict: Verdict;
  readonly k6ExitCode?: number;
}

/** The program that wrote a file. */
export interface ToolVersion {
  readonly name: string;
  readonly version: string;
}

export type TargetKind = 'reference-backend' | 'url';

/** `summary.json`: the whole truth about one run. Shares are 0-1, latencies milliseconds, times ISO 8601 UTC. */
export interface RunSummary extends MeasuredRun {
  /** Until 2 replies of wrong content counted among the latencies of `ok` ones. */
  readonly schemaVersion: 1 | typeof SCHEMA_VERSION;
  readonly tool: ToolVersion;
  /** Numbers the k6 processes of one run from 1. */
  readonly instance: number;
  readonly system?: SystemUnderTest;
  readonly release?: string;
  /** Which environment of the project's package.json it was; absent where none was named. */
  readonly environment?: string;
  readonly commit?: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** The whole run, k6's start and the requests at rest included. */
  readonly durationSeconds: number;
  readonly k6Version: string;
  /** The k6 processes that this summary was merged from. */
  readonly mergedFrom?: readonly MergedInstance[];
  /** Absent when k6 was killed by a signal, or nobody saw how it ended. */
  readonly k6ExitCode?: number;
  readonly targetKind: TargetKind;
  readonly host: GeneratorHost;
  /** Names the workload: runs with different ones cannot be compared. */
  readonly fingerprint: string;
  readonly thresholds: readonly JudgedThreshold[];
  /** What a scenario with a question of its own found. */
  readonly study?: Study;
  /** Absent where nothing recorded it, or the load was over at once. */
  readonly overTime?: EndpointsOverTime;
  /** What the script measured itself; absent where it measured nothing, and where nothing recorded it. */
  readonly custom?: CustomFigures;
  /** So many rows of the script's metrics were too many to tell apart: they are in all totals, and nothing judged them. */
  readonly foldedRows?: number;
  /** k6 had no recorder: its own summary is all there is. */
  readonly isUnrecorded?: true;
  readonly verdict: Verdict;
  /** Why, most important first; at least one. */
  readonly reasons: readonly string[];
}

/** Where the figures of a stored run come from: our own summary, a script of somebody else that we ran, one of k6's three, or a report written by hand. */
export type SummarySource =
  | 'k6-verdict'
  | 'script'
  | 'handleSummary'
  | 'summary-export'
  | 'machine-readable'
  | 'hand-made';

/** What only our own summary is sure to have. */
type OwnFacts =
  | 'tool'
  | 'instance'
  | 'purpose'
  | 'plan'
  | 'target'
  | 'targetKind'
  | 'startedAt'
  | 'endedAt'
  | 'durationSeconds'
  | 'k6Version'
  | 'host'
  | 'fingerprint';

/** Our own run, as it was stored: it lacks nothing. */
export interface OwnRun extends RunSummary {
  readonly source: 'k6-verdict';
  readonly lacks: readonly string[];
}

/** A run of another source: what its file does not say is absent, and named in `lacks`. */
export interface ForeignRun
  extends Omit<RunSummary, OwnFacts | 'load' | 'endpoints' | 'thresholds' | 'schemaVersion'>,
    Partial<Pick<RunSummary, OwnFacts>> {
  readonly source: Exclude<SummarySource, 'k6-verdict'>;
  /** One sentence for each thing that this source does not say, or says in a way of its own. */
  readonly lacks: readonly string[];
  readonly load: StoredLoad;
  readonly endpoints: readonly StoredEndpoint[];
  readonly thresholds: readonly StoredThreshold[];
  /** What else a summary of k6's own says. */
  readonly k6?: K6Findings;
  /** Of a script that we ran, what its fingerprint names. */
  readonly workload?: ScriptWorkload;
}

/** What a summary of k6's own says besides requests and thresholds. */
export interface K6Findings {
  /** Replies to all requests by their HTTP status, as far as they were counted by it. */
  readonly statuses: readonly { readonly status: number; readonly count: number }[];
  readonly checks: readonly K6Check[];
  /** Every metric that is not told by requests, endpoints, load or checks. */
  readonly figures: readonly K6Figure[];
  /** What in the file cannot be, one sentence each: nothing that hangs on it is judged. */
  readonly impossible: readonly string[];
}

/** A run as it is read from a file. */
export type StoredRun = OwnRun | ForeignRun;

/** The summary that our own run was read from. */
export function summaryOf({ source: _, lacks: __, ...summary }: OwnRun): RunSummary {
  return summary;
}

const WITHOUT_RECORDER =
  "This k6 has no recorder, so the figures are those of k6's own summary: there is no curve over time, no cause of a failure and no metric of the script.";

/** Our own summary as a stored run. */
export function asStored(summary: RunSummary): OwnRun {
  return { ...summary, source: 'k6-verdict', lacks: lacksOf(summary) };
}

function lacksOf({ isUnrecorded, foldedRows }: RunSummary): string[] {
  const folded = `${foldedRows} rows of the script's metrics were too many to tell apart: they are in all totals, and were not judged.`;
  return [...(isUnrecorded === true ? [WITHOUT_RECORDER] : []), ...(foldedRows === undefined ? [] : [folded])];
}
