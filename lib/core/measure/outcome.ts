import { sum } from '../spec/sum.ts';

/**
 * What kinds of outcomes there are. `ok`: what was asked for. `wrong_reply`: another reply came. No reply came of the
 * other kinds: it was `too_late`, the connection was `not_accepted` (or broken off), the service was `not_reached`, or
 * why none came is `not_recorded`. What was `not_sent` never left this machine, so it says nothing of the service. Of what is
 * `not_told` nobody says whether it was ok: files of others count such requests.
 */
export type OutcomeKind =
  | 'ok'
  | 'wrong_reply'
  | 'too_late'
  | 'not_accepted'
  | 'not_reached'
  | 'not_sent'
  | 'not_recorded'
  | 'not_told';

interface OutcomeDefinition {
  /** How it is called in texts for people. */
  readonly label: string;
  readonly kind: OutcomeKind;
  /** How k6 says it, where no reply came: by a code (errext in k6's source), from one to the other, ... */
  readonly codes?: readonly (readonly [first: number, last: number])[];
  /** ... or, of a WebSocket, in words alone. */
  readonly words?: readonly string[];
  /** Where its words say more than any code: k6 has one code for all errors of the operating system. */
  readonly hasTellingWords?: true;
}

/**
 * What became of a request: a closed set. Every request has exactly one outcome, so the outcomes of an endpoint add up
 * to its requests. A new one stands here and in run-summary.schema.json; what else it needs does not compile without.
 */
const DEFINITIONS = {
  ok: { label: 'ok', kind: 'ok' },
  rate_limited: { label: 'rate limited (429)', kind: 'wrong_reply' },
  not_found: { label: 'not found (404)', kind: 'wrong_reply' },
  client_error: { label: 'client error (other 4xx)', kind: 'wrong_reply' },
  server_error: { label: 'server error (5xx)', kind: 'wrong_reply' },
  unexpected_status: {
    label: 'unexpected status',
    kind: 'wrong_reply',
    words: ['bad handshake'],
    hasTellingWords: true,
  },
  check_failed: { label: 'wrong content', kind: 'wrong_reply' },
  timeout: {
    label: 'timeout',
    kind: 'too_late',
    codes: [
      [1050, 1050],
      [1211, 1211],
    ],
    words: ['timeout', 'deadline'],
  },
  refused: { label: 'connection refused', kind: 'not_accepted', codes: [[1212, 1212]], words: ['connection refused'] },
  reset: {
    label: 'connection reset',
    kind: 'not_accepted',
    codes: [
      [1201, 1201],
      [1220, 1220],
    ],
    words: ['connection reset'],
  },
  http2_error: { label: 'HTTP/2 error', kind: 'not_accepted', codes: [[1600, 1699]] },
  // Before the others: a name is not looked up either, where no file is left to ask by.
  not_sent: {
    label: 'not sent (limit of this machine)',
    kind: 'not_sent',
    words: [
      'too many open files',
      'cannot assign requested address',
      "can't assign requested address",
      'no buffer space available',
      'cannot allocate memory',
      'address already in use',
      'Only one usage of each socket address',
      'lacked sufficient buffer space',
    ],
    hasTellingWords: true,
  },
  dns: { label: 'name not resolved', kind: 'not_reached', codes: [[1100, 1199]], words: ['no such host'] },
  tls: { label: 'TLS failed', kind: 'not_reached', codes: [[1300, 1399]], words: ['x509', 'tls'] },
  other_error: { label: 'other error', kind: 'not_reached' },
  unclassified: { label: 'cause not recorded', kind: 'not_recorded' },
  unknown: { label: 'not known whether ok', kind: 'not_told' },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

export type Outcome = keyof typeof DEFINITIONS;

/** The outcomes of some kinds. */
export type OutcomeOfKind<Kind extends OutcomeKind> = {
  [Each in Outcome]: (typeof DEFINITIONS)[Each]['kind'] extends Kind ? Each : never;
}[Outcome];

export const OUTCOMES = Object.keys(DEFINITIONS) as readonly Outcome[];

export function outcomesOfKind<Kind extends OutcomeKind>(...kinds: readonly Kind[]): readonly OutcomeOfKind<Kind>[] {
  return OUTCOMES.filter((outcome): outcome is OutcomeOfKind<Kind> =>
    kinds.some((kind) => kind === DEFINITIONS[outcome].kind),
  );
}

/** Outcomes of requests that no reply came to. */
export const NO_ANSWER = /* @__PURE__ */ outcomesOfKind(
  'too_late',
  'not_accepted',
  'not_reached',
  'not_sent',
  'not_recorded',
);

/** Outcomes that a script can observe on a reply; `ok` is what remains, `unclassified` what nobody observed. */
export const OBSERVED_OUTCOMES = /* @__PURE__ */ outcomesOfKind(
  'wrong_reply',
  'too_late',
  'not_accepted',
  'not_reached',
  'not_sent',
);

export type ObservedOutcome = (typeof OBSERVED_OUTCOMES)[number];

/** Requests by outcome; an outcome that never happened may be absent. */
export type OutcomeCounts = Partial<Record<Outcome, number>>;

/** How an outcome is called in texts for people. */
export const OUTCOME_LABELS = /* @__PURE__ */ Object.fromEntries(
  OUTCOMES.map((outcome) => [outcome, DEFINITIONS[outcome].label]),
) as Readonly<Record<Outcome, string>>;

/** A reply, or the lack of one, as k6 describes it. */
export interface ObservedReply {
  /** 0 when no whole reply arrived. */
  readonly status: number;
  /** k6's error code: 0 or 1400-1599 when a reply arrived. */
  readonly errorCode: number;
  /** k6's error text; tells the causes apart that share code 1000. */
  readonly error?: string;
}

/** The outcome of a reply that was not `ok` by its status. */
export function classifyReply({ status, errorCode, error }: ObservedReply): ObservedOutcome {
  return status > 0 ? classifyStatus(status) : classifyError(errorCode, error ?? '');
}

function classifyStatus(status: number): ObservedOutcome {
  if (status === 429) return 'rate_limited';
  if (status === 404) return 'not_found';
  // Beyond 599 there is no class of statuses, and some servers use them.
  if (status >= 600) return 'unexpected_status';
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'client_error';
  return 'unexpected_status';
}

function classifyError(code: number, error: string): ObservedOutcome {
  const found =
    observedWhere(({ hasTellingWords, words = [] }) => hasTellingWords === true && isAnyIn(words, error)) ??
    observedWhere(({ codes = [] }) => codes.some(([first, last]) => code >= first && code <= last));
  return found ?? (code === UNNAMED_ERROR ? withoutName(error) : 'other_error');
}

/** A code by which k6 would say that it is this outcome. */
export function codeOf(outcome: ObservedOutcome): number {
  const { codes = [] }: OutcomeDefinition = DEFINITIONS[outcome];
  return codes[0]?.[0] ?? UNNAMED_ERROR;
}

/** The outcome of a WebSocket that did not open. The status of a refused handshake is in a tag of k6's alone. */
export function classifySocketError(error: string): ObservedOutcome {
  return observedWhere(({ words = [] }) => isAnyIn(words, error)) ?? withoutName(error);
}

function isAnyIn(words: readonly string[], error: string): boolean {
  return words.some((word) => error.includes(word));
}

function observedWhere(fits: (definition: OutcomeDefinition) => boolean): ObservedOutcome | undefined {
  return OBSERVED_OUTCOMES.find((outcome) => fits(DEFINITIONS[outcome]));
}

/** k6's code for every error that it has no other for. */
const UNNAMED_ERROR = 1000;

/** k6 has no code for a connection that the server closed before the reply was whole. */
function withoutName(error: string): ObservedOutcome {
  return /\bEOF$/.test(error) ? 'reset' : 'other_error';
}

/** Sums counts outcome by outcome. */
export function addOutcomes(all: readonly OutcomeCounts[]): OutcomeCounts {
  const together: OutcomeCounts = {};
  for (const outcome of OUTCOMES) {
    const count = sum(all.map((counts) => counts[outcome] ?? 0));
    if (count > 0) together[outcome] = count;
  }
  return together;
}

/** How many of the requests left this machine: the others say nothing of the service. */
export function countSent({ requests, outcomes }: { requests: number; outcomes: OutcomeCounts }): number {
  return requests - (outcomes.not_sent ?? 0);
}

/** How many requests the counts hold in all. */
export function countRequests(counts: OutcomeCounts): number {
  return sum(OUTCOMES.map((outcome) => counts[outcome] ?? 0));
}
