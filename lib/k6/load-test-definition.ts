import type { Options } from 'k6/options';
import type { Budgets } from '../core/judge/budgets.ts';
import type { AtRest, K6Metrics } from '../core/measure/measured.ts';
import type { Endpoint } from '../core/spec/endpoint.ts';
import type { Plan } from '../core/spec/load-shape.ts';
import type { HookTools, TeardownTools } from './journeys/hook-tools.ts';
import type { Journey, SeededData } from './journeys/journey-definition.ts';
import type { StudyDefinition } from './questions/study-definition.ts';

/** A load test as its scenario file writes it down. */
export interface LoadTestDefinition<Id extends string, JourneyName extends string = string> {
  /** The file's name: what `run` calls it. */
  readonly name: string;
  /** Names the test over all its runs, such as LOAD-CONCURRENT-001. */
  readonly testId: string;
  /** The question this load answers, in a few words. */
  readonly purpose: string;
  /** Sent in turn, one in each iteration. A test has either endpoints or journeys. */
  readonly endpoints?: readonly Endpoint<Id>[];
  /** What users do, one in each iteration. The endpoints of the test are those of its journeys. */
  readonly journeys?: readonly Journey<JourneyName, Id>[];
  /** How often each journey is picked, against the others, where a stream names none. @default each alike */
  readonly mix?: { readonly [Name in NoInfer<JourneyName>]?: number };
  /** Runs once before the load. What it returns is plain data: journeys that need it and `teardown` get a copy. */
  readonly setup?: (tools: HookTools) => unknown;
  /** Runs once after the load, also where that was interrupted. */
  readonly teardown?: (tools: TeardownTools) => unknown;
  readonly budgets: Budgets<Id>;
  /** By name; the first one runs by default. */
  readonly plans: Readonly<Record<string, Plan>>;
  /** How long the same load is sent before it, counted nowhere. Default: 0, no warm-up. WARM_UP beats it. */
  readonly warmUpSeconds?: number;
  /** A question of its own, beyond how the endpoints do under this load. */
  readonly study?: StudyDefinition;
  /** What the reference backend is started with, where it is the target: flags of `npm run backend`. */
  readonly referenceBackend?: readonly string[];
}

/** What a scenario file exports to k6. */
export interface LoadTest {
  readonly options: Options;
  readonly setup: () => SetupData | Promise<SetupData>;
  readonly iterate: (data?: SetupData) => unknown;
  readonly teardown: (data: SetupData) => unknown;
  readonly handleSummary: (data: SummaryData) => Record<string, string>;
}

/** What `setup()` hands to the rest of the run. */
export interface SetupData extends SeededData {
  readonly atRest: readonly AtRest[];
  readonly loadStartedAtMs: number;
}

/** What k6 hands to `handleSummary`, as far as it is read. */
export interface SummaryData {
  readonly metrics: K6Metrics;
  readonly setup_data?: unknown;
}

/** The same, and k6's options as it consolidated them from script, environment and arguments. */
export interface SummaryOfTest extends SummaryData {
  readonly testOptions?: Readonly<Record<string, unknown>>;
}
