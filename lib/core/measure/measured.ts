import type { DataFacts } from '../spec/data-facts.ts';
import type { HttpMethod, RateLimit } from '../spec/endpoint.ts';
import type { JourneyFacts } from '../spec/journey.ts';
import type { K6Options } from '../spec/k6-options.ts';
import type { LoadModel, Plan } from '../spec/load-shape.ts';
import type { Outcome, OutcomeCounts } from './outcome.ts';
import type { Latency } from './quantile-ladder.ts';

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
  /** The server it is asked at; absent where that is the target. */
  readonly server?: string;
  readonly path: string;
  readonly category: string;
  readonly expectedStatuses: readonly number[];
  readonly timeoutMs: number;
  readonly rateLimit?: RateLimit;
}

/** Why requests were not as expected: a reply by its status, the lack of one by k6's code and text. */
export interface Cause {
  readonly outcome: Outcome;
  readonly count: number;
  readonly status?: number;
  readonly errorCode?: number;
  /** Without addresses, URLs and values. */
  readonly text?: string;
}

/** What a row of requests is sure to have: those that no endpoint declares have nothing else. */
export interface EndpointRow extends Pick<EndpointFacts, RowMember>, Partial<Omit<EndpointFacts, RowMember>> {}

type RowMember = 'id' | 'path' | 'category';

export interface EndpointSummary extends EndpointRow, Measured {
  /** The commonest first, at most twenty. Absent where nothing recorded them, and where all was as expected. */
  readonly causes?: readonly Cause[];
  /** 429 replies without a `Retry-After` that says when to come back. */
  readonly limitedWithoutRetryAfter?: number;
  /** Replies whose content check returned neither true nor false; they are among `check_failed`. */
  readonly undecidedChecks?: number;
}

/** What became of the journeys of one name: those that were started and are none of these were interrupted. */
export interface JourneySummary extends JourneyFacts {
  readonly started: number;
  /** Came to their end, whatever the replies were on the way. */
  readonly completed: number;
  /** Ended by their own code at a reply that was not `ok`, by its endpoint; none where there was none. */
  readonly stoppedAt: Readonly<Record<string, number>>;
  /** Ended by an exception in their code. */
  readonly failed: number;
  /** Of the completed ones, in milliseconds, pauses on the way included. */
  readonly durationMs: Latency;
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
    /**
     * In which an exception was lost, as k6 logged it: nobody awaited the async function that threw. They are among the
     * completed ones. Absent where there was none, and in older summaries.
     */
    readonly unawaited?: number;
    /**
     * Ended by k6 before they came to their end, with what they had in flight, which is in no other figure; those of a
     * warm-up are among them, and journeys that were in the pause after their end. Absent where k6 did not come to its own end, and in older summaries.
     */
    readonly interrupted?: number;
  };
  /** Active users when k6 last looked. k6 does not count a request that is in flight when a run is cut short: at most so many. */
  readonly usersAtEnd?: number;
  /** The load was sent by so many k6 processes one after another, with at most so long between two of them. */
  readonly consecutive?: { readonly processes: number; readonly longestGapSeconds: number };
  /** This k6 process sent one of so many consecutive parts of the load. */
  readonly consecutivePart?: { readonly of: number };
  /** This k6 process sent one of so many equal parts of the plan. */
  readonly segment?: { readonly of: number };
  /** What the record of the run lacks, in words: such a run is incomplete. Absent where it is whole, or there is none. */
  readonly recordLacks?: string;
  /** Why `teardown` failed, in words: the load had come to its end by then. Absent where it did not fail, and in older summaries. */
  readonly failedTeardown?: string;
  /** The run was asked to end at the first crossed threshold, and did. */
  readonly endedEarly?: true;
  /** The load is meant to be more than the service can take: what it then cannot deliver says nothing against it. */
  readonly seeksLimit?: true;
  /** So many client addresses the load came from (k6's --local-ips), where they were several: a limit lets each through. */
  readonly clientAddresses?: number;
  /** The same in older summaries, which do not say how many. */
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

/** A run as it was measured, before anything is judged. */
export interface MeasuredRun {
  readonly runId: string;
  readonly testId: string;
  readonly scenario: string;
  readonly purpose: string;
  readonly plan: string;
  /** Without credentials. */
  readonly target: string;
  /** The URLs of servers besides it, by name, without credentials; absent where no endpoint names one. */
  readonly servers?: Readonly<Record<string, string>>;
  /** When the load began, ISO 8601 UTC. Absent when the run ended before. */
  readonly loadStartedAt?: string;
  readonly load: LoadRecord;
  /** What k6 was told beside the plan that changes the work; absent where nothing did. */
  readonly k6Options?: K6Options;
  readonly endpoints: readonly EndpointSummary[];
  /** Of a test of journeys, whose iterations they are. */
  readonly journeys?: readonly JourneySummary[];
  /** The rows that its journeys were fed with, and how; absent where with none, and in older summaries. */
  readonly data?: readonly DataFacts[];
  readonly totals: Measured;
  readonly k6Thresholds: readonly K6Threshold[];
  readonly atRest: readonly AtRest[];
}

/** Files of others need not say more than a row is sure to have. */
export type StoredEndpoint = EndpointSummary;

/** k6 does not say which of its iterations an exception ended, but how many users it had at most. */
export interface StoredLoad extends Omit<Partial<LoadRecord>, 'iterations'> {
  readonly iterations?: Omit<LoadRecord['iterations'], 'failed'> &
    Partial<Pick<LoadRecord['iterations'], 'failed'>> & {
      /** Of a script of others: those of the completed ones that an exception ended, as k6 logged it; `unawaited` ones are among them. */
      readonly thrown?: number;
    };
  readonly mostUsers?: number;
}

/** A metric as k6 summarises it. */
export interface K6Metric {
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

/** The same as `handleSummary` gets it. */
export interface K6SummaryMetric extends K6Metric {
  readonly type: 'counter' | 'gauge' | 'rate' | 'trend';
  readonly contains: string;
}

export type K6Metrics = Readonly<Record<string, K6Metric | undefined>>;
