import type { ExpectedLoad } from './expected-load.ts';
import type { ExpectedReplies } from './expected-replies.ts';

/** What a scenario says of itself when k6 only loads it, in k6's `options.ext` under FACTS_KEY. */
export interface TestFacts {
  readonly plan: string;
  /** The windows of declared limits, in seconds by endpoint: so long a limit remembers a client. */
  readonly limitWindowsSeconds: Readonly<Record<string, number>>;
  /** What the plan is likely to send: by it the tool chooses how often k6 records the run over time. */
  readonly expected: ExpectedLoad;
  /**
   * How many ok replies of each endpoint the load is likely to get: by it `ab` says what it can decide. Absent for
   * journeys, of which nobody knows beforehand what their code sends.
   */
  readonly replies?: ExpectedReplies;
  /** Where endpoints are asked besides BASE_URL, by the names of their servers, without credentials; absent where nowhere. */
  readonly servers?: Readonly<Record<string, string>>;
  /** Paths of endpoints that have parameters; absent where none has. */
  readonly pathTemplates?: readonly string[];
  /** Variables that credentials are read from, whatever their names; absent where there are none. */
  readonly secretVariables?: readonly string[];
  /** What the reference backend is started with, where it is the target. */
  readonly referenceBackend?: readonly string[];
  /** The question of its own that the scenario has. */
  readonly study?: string;
  /** Of a test of journeys: those that its plan sends. */
  readonly journeys?: readonly string[];
  /** Whether its question is answered from single samples or from the run over time, or it has journeys, all of which only the recorder keeps. */
  readonly needsRecorder?: true;
  /** Whether the load is the same from its first moment to its last. */
  readonly isSteady?: true;
  /** The secrets of k6 that its credentials are read from; absent where there are none. */
  readonly secrets?: readonly string[];
  /** The data of which no row comes twice; absent where there is none. */
  readonly usesUp?: readonly string[];
  /** How many clients it would like to be, each with an address of its own. */
  readonly clients?: number;
  /** The limits that `--abort-on-fail` ends no run by, in words; absent where it does by each of them. */
  readonly judgedAtEnd?: readonly string[];
}

export const FACTS_KEY = 'k6-verdict';
