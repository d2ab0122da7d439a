import type { HttpMethod, RateLimit } from './endpoint.ts';
import type { LoadModel, Plan } from './load-shape.ts';
import type { OutcomeCounts } from './outcome.ts';
import type { Latency } from './quantile-ladder.ts';
import type { Study } from './studies/study.ts';
import type { JudgedThreshold, Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

/** Raised when a reader of an older version would misread the file. */
export const SCHEMA_VERSION = 1;

/** Requests of one endpoint, or of all of them: outcomes add up to `requests`. */
export interface Measured {
  readonly requests: number;
  readonly outcomes: OutcomeCounts;
  /** Milliseconds; `all` is for information, since k6 records 0 ms for what failed before it was sent. */
  readonly latencyMs: { readonly all: Latency; readonly ok: Latency };
}

/** What everything after the run needs to know of an endpoint: a consumer's endpoints are not ours. */
export interface EndpointFacts {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly category: string;
  readonly expectedStatuses: readonly number[];
  readonly timeoutMs: number;
  readonly rateLimit?: RateLimit;
}

export interface EndpointSummary extends EndpointFacts, Measured {
  /** 429 replies without a `Retry-After` that says when to come back. */
  readonly limitedWithoutRetryAfter?: number;
}

/** One endpoint as one user met it before the load. These requests are in no total and no threshold. */
export interface AtRest {
  readonly endpoint: string;
  /** Everything sent, with the discarded first request: it used up the declared rate limit. */
  readonly sent: number;
  readonly requests: number;
  readonly outcomes: OutcomeCounts;
  /** Duration of each counted reply that was `ok`, in milliseconds. */
  readonly okMs: readonly number[];
  /** What the replies were that were not `ok`, each kind once, such as `status 404` or `x509: certificate signed by unknown authority`. */
  readonly causes?: readonly string[];
}

/** What the generator did, against what it should have done. */
export interface LoadRecord {
  readonly model: LoadModel;
  readonly plan: Plan;
  /** The warm-up before the load: in no total, percentile, threshold or window. */
  readonly warmUpSeconds?: number;
  /** From the first iteration to the end of the last: excludes the requests at rest and the warm-up. */
  readonly windowSeconds: number;
  /** All requests of the load over its window. */
  readonly requestsPerSecond: number;
  /** Known beforehand for fixed work and for arrivals. */
  readonly plannedIterations?: number;
  readonly iterations: {
    readonly completed: number;
    /** Arrivals for which no user was free. */
    readonly dropped: number;
    /** Ended by an exception in the script. */
    readonly failed: number;
  };
  /** Active users when k6 last looked. k6 does not count a request that is in flight when a run is cut short: at most so many. */
  readonly usersAtEnd?: number;
  /** The load was sent by so many k6 processes one after another, with at most so long between two of them. */
  readonly consecutive?: { readonly processes: number; readonly longestGapSeconds: number };
  /** This k6 process sent one of so many equal parts of the plan. */
  readonly segment?: { readonly of: number };
  /** The run was asked to end at the first crossed threshold, and did. */
  readonly endedEarly?: true;
  /** The load is meant to be more than the service can take: what it then cannot deliver says nothing against it. */
  readonly seeksLimit?: true;
  /** The load came from several client addresses (k6's --local-ips): a limit per client then lets more through. */
  readonly hasSeveralClients?: true;
  /** Requests that k6 counted and that were cut off before their endpoint and outcome were. */
  readonly unattributedRequests?: number;
}

/** A threshold that k6 itself evaluated. */
export interface K6Threshold {
  readonly metric: string;
  readonly threshold: string;
  readonly ok: boolean;
}

/** Everything k6 knows of a run. */
export interface MeasuredRun {
  readonly runId: string;
  readonly testId: string;
  readonly scenario: string;
  readonly purpose: string;
  readonly plan: string;
  /** Without credentials. */
  readonly target: string;
  /** When the load began, ISO 8601 UTC. Absent when the run ended before. */
  readonly loadStartedAt?: string;
  readonly load: LoadRecord;
  readonly endpoints: readonly EndpointSummary[];
  readonly totals: Measured;
  readonly thresholds: readonly Threshold[];
  readonly k6Thresholds: readonly K6Threshold[];
  readonly atRest: readonly AtRest[];
}

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
  readonly requests: number;
  /** By its own part of the load. */
  readonly verdict: Verdict;
  readonly k6ExitCode?: number;
}

/** `summary.json`: the whole truth about one run. Shares are 0-1, latencies milliseconds, times ISO 8601 UTC. */
export interface RunSummary extends Omit<MeasuredRun, 'thresholds'> {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** Numbers the k6 processes of one run from 1. */
  readonly instance: number;
  readonly system?: SystemUnderTest;
  readonly release?: string;
  readonly commit?: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** The whole run, k6's start and the requests at rest included. */
  readonly durationSeconds: number;
  readonly k6Version: string;
  /** The k6 processes that this summary was merged from. */
  readonly mergedFrom?: readonly MergedInstance[];
  /** Absent when k6 was killed by a signal. */
  readonly k6ExitCode?: number;
  readonly targetKind: 'reference-backend' | 'url';
  readonly host: GeneratorHost;
  /** Names the workload: runs with different ones cannot be compared. */
  readonly fingerprint: string;
  readonly thresholds: readonly JudgedThreshold[];
  /** What a scenario with a question of its own found. */
  readonly study?: Study;
  readonly verdict: Verdict;
  /** Why, most important first; at least one. */
  readonly reasons: readonly string[];
}

/** Where the figures of a stored run come from: our own summary, one of k6's three, or a report written by hand. */
export type SummarySource = 'k6-verdict' | 'handleSummary' | 'summary-export' | 'machine-readable' | 'hand-made';

/** A threshold that was stored with its verdict; one of k6's has its own title. */
export interface StoredThreshold extends Omit<JudgedThreshold, 'metric' | 'operator' | 'unit' | 'samples'> {
  readonly metric: string;
  /** What is judged, where `metric` is not one of ours. */
  readonly title?: string;
  readonly operator: JudgedThreshold['operator'] | '>' | '==' | '!=';
  readonly unit: JudgedThreshold['unit'] | 'value';
  /** Absent where the file does not say. */
  readonly samples?: number;
}

export type StoredEndpoint = Measured &
  Pick<EndpointFacts, 'id' | 'path' | 'category'> &
  Partial<Omit<EndpointSummary, keyof Measured | 'id' | 'path' | 'category'>>;

/** k6 does not say which of its iterations an exception ended, but how many users it had at most. */
export interface StoredLoad extends Omit<Partial<LoadRecord>, 'iterations'> {
  readonly iterations?: Omit<LoadRecord['iterations'], 'failed'> & Partial<Pick<LoadRecord['iterations'], 'failed'>>;
  readonly mostUsers?: number;
}

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

/** A run as it is read from a file of any source: what the file does not say is absent, and named in `lacks`. */
export interface StoredRun
  extends Omit<RunSummary, OwnFacts | 'load' | 'endpoints' | 'thresholds' | 'schemaVersion'>,
    Partial<Pick<RunSummary, OwnFacts>> {
  readonly source: SummarySource;
  /** One sentence for each thing that this source does not say, or says in a way of its own. */
  readonly lacks: readonly string[];
  readonly load: StoredLoad;
  readonly endpoints: readonly StoredEndpoint[];
  readonly thresholds: readonly StoredThreshold[];
}

/** The summary that a stored run was read from, where it is our own. */
export function ownSummaryOf(run: StoredRun): RunSummary | undefined {
  if (run.source !== 'k6-verdict') return undefined;
  const { source: _, lacks: __, ...summary } = run;
  return summary as RunSummary;
}

/** Our own summary as a stored run. */
export function asStored(summary: RunSummary): StoredRun {
  return { ...summary, source: 'k6-verdict', lacks: [] };
}
