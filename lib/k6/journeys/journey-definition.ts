import type { Endpoint } from '../../core/spec/endpoint.ts';
import type { Plan } from '../../core/spec/load-shape.ts';
import type { RunOrder } from '../../core/spec/run-order.ts';
import type { Settings } from '../../core/spec/settings.ts';
import type { Auth } from '../auth/auth.ts';
import type { Data } from '../data/data.ts';
import type { Places } from '../server-of-endpoint.ts';
import type { Send, SendAll } from './call.ts';
import type { Connect } from './socket-endpoint.ts';
import type { Watching } from './watching.ts';

/** What a journey is made of: the tools of one user for one time that it goes through it. */
export interface JourneyTools<Id extends string = string, Row = unknown, Seeded = unknown> {
  readonly send: Send<Id>;
  readonly sendAll: SendAll<Id>;
  /** Opens a WebSocket. The journey has to await it. */
  readonly connect: Connect<Id>;
  /** Waits for so many seconds: a mean, each pause is anything from half to one and a half of it. */
  readonly think: (seconds: number) => void;
  /** A row of the data that the journey needs; undefined where it needs none. */
  readonly row: Row;
  /** What `setup` of the test returned. */
  readonly setup: Seeded;
  readonly user: JourneyUser;
}

/** Who goes through a journey. */
export interface JourneyUser {
  /** From 1, over all machines that send the load; 0 is the one of the trial. */
  readonly number: number;
  /** What a user keeps from one journey to the next. */
  readonly memory: Record<string, unknown>;
}

/** What a user does in one iteration, as `journey` returns it. */
export interface Journey<Name extends string = string, Id extends string = string> {
  readonly name: Name;
  /** Those of its login among them. */
  readonly endpoints: readonly Endpoint<Id>[];
  readonly auth?: Auth;
  readonly data?: Data;
  /** The `setup` whose result it wants. */
  readonly setup?: (tools: never) => unknown;
  readonly atMostSeconds: number;
  readonly run: (tools: JourneyTools) => unknown;
  /** How journeys are sent: a test that has none does not hold the code for it. */
  readonly begin: (test: JourneysOfTest, watching?: Watching) => UsersOfJourneys;
}

/** What must be known of a test to send its journeys. */
export interface JourneysOfTest extends Places {
  readonly definition: DefinitionOfJourneys;
  readonly settings: Pick<Settings, 'requestTimeoutMs' | 'allowedHosts'>;
  readonly order: Pick<RunOrder, 'isRecorded' | 'isExported' | 'abortOnFailAfterSeconds'>;
  readonly plan: Plan;
  readonly warmUp: Plan;
}

/** What a test says of its journeys. */
export interface DefinitionOfJourneys {
  readonly endpoints?: readonly Endpoint[];
  readonly journeys?: readonly Journey[];
  /** How often each is picked where a stream names none. @default each alike */
  readonly mix?: { readonly [Name in string]?: number };
}

/** What an iteration gets of `setup()`, as far as a journey looks at it. */
export interface SeededData {
  /** What the author's own returned. It may be secret, and is written nowhere. */
  readonly seeded?: unknown;
}

/** What the users of each stream do. A journey may take its time: k6 waits for a promise. */
export interface UsersOfJourneys {
  readonly iterations: Readonly<Record<string, IterateJourneys>>;
}

export type IterateJourneys = (data?: SeededData) => unknown;
