import { sum } from './sum.ts';
/**
 * What became of a request: a closed set. Every request has exactly one outcome, so the outcomes of an endpoint
 * add up to its requests.
 */
export const OUTCOMES = [
  'ok',
  'rate_limited',
  'not_found',
  'client_error',
  'server_error',
  'unexpected_status',
  'check_failed',
  'timeout',
  'refused',
  'reset',
  'dns',
  'tls',
  'other_error',
  'unclassified',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes that a script can observe on a reply; `ok` is what remains, `unclassified` what nobody observed. */
export const OBSERVED_OUTCOMES = OUTCOMES.filter(
  (outcome): outcome is ObservedOutcome => outcome !== 'ok' && outcome !== 'unclassified',
);

export type ObservedOutcome = Exclude<Outcome, 'ok' | 'unclassified'>;

/** Requests by outcome; an outcome that never happened may be absent. */
export type OutcomeCounts = Partial<Record<Outcome, number>>;

/** How an outcome is called in texts for people. */
export const OUTCOME_LABELS: Record<Outcome, string> = {
  ok: 'ok',
  rate_limited: 'rate limited (429)',
  not_found: 'not found (404)',
  client_error: 'client error (other 4xx)',
  server_error: 'server error (5xx)',
  unexpected_status: 'unexpected status',
  check_failed: 'wrong content',
  timeout: 'timeout',
  refused: 'connection refused',
  reset: 'connection reset',
  dns: 'name not resolved',
  tls: 'TLS failed',
  other_error: 'other error',
  unclassified: 'cause not recorded',
};

/** A reply, or the lack of one, as k6 describes it. */
export interface ObservedReply {
  /** 0 when no whole reply arrived. */
  readonly status: number;
  /** k6's error code (errext in k6's source): 0 or 1400-1599 when a reply arrived. */
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
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'client_error';
  return 'unexpected_status';
}

function classifyError(code: number, error: string): ObservedOutcome {
  if (code === 1050 || code === 1211) return 'timeout';
  if (code === 1212) return 'refused';
  if (code === 1220 || code === 1201) return 'reset';
  // k6 has no code for a connection that the server closed before the reply was whole.
  if (code === 1000 && /\bEOF$/.test(error)) return 'reset';
  if (code >= 1100 && code < 1200) return 'dns';
  if (code >= 1300 && code < 1400) return 'tls';
  return 'other_error';
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

/** How many requests the counts hold in all. */
export function countRequests(counts: OutcomeCounts): number {
  return sum(OUTCOMES.map((outcome) => counts[outcome] ?? 0));
}
