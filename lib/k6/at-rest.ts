import type { AtRest } from '../core/measure/measured.ts';
import { addOutcomes, type Outcome } from '../core/measure/outcome.ts';
import { isSafe } from '../core/spec/endpoint.ts';
import { present } from '../core/spec/present.ts';
import type { Reply, Requester } from './request.ts';

/** Counted requests per endpoint, after one that is discarded: it opens the connection and fills caches. */
const COUNTED_REQUESTS = 3;

/** The most requests that may be waited for, for k6's limit on the length of setup(). */
export const MOST_REQUESTS_AT_REST = COUNTED_REQUESTS + 1;

/**
 * Meets each endpoint as a single user, before the load: what is broken now is broken always, not under load.
 * Safe methods only.
 */
export function measureAtRest(requesters: readonly Requester[]): AtRest[] {
  return requesters.filter(({ endpoint }) => isSafe(endpoint)).map(measureEndpoint);
}

function measureEndpoint(requester: Requester): AtRest {
  const { endpoint } = requester;
  const outcomes: Outcome[] = [];
  const okMs: number[] = [];
  const causes = new Set<string>();
  const request = () => {
    const reply = requester.send();
    const outcome = requester.outcomeOf(reply);
    if (outcome !== 'ok') causes.add(outcome === 'check_failed' ? wrongContent(requester.said) : causeOf(reply));
    return { outcome, durationMs: reply.timings.duration };
  };
  let sent = 1;
  const first = request();
  // An endpoint that hangs has shown what there is to know: waiting for it thrice more would only take minutes.
  if (first.outcome === 'timeout') return atRest(endpoint.id, sent, [first.outcome], okMs, causes);
  causes.clear();
  for (; sent <= COUNTED_REQUESTS && !outcomes.includes('timeout'); sent += 1) {
    const { outcome, durationMs } = request();
    outcomes.push(outcome);
    if (outcome === 'ok') okMs.push(durationMs);
  }
  return atRest(endpoint.id, sent, outcomes, okMs, causes);
}

/** A check that does not say whether the content is right is named: nobody would look for it in the service. */
function wrongContent(said: unknown): string {
  if (typeof said === 'boolean') return 'wrong content';
  const kind = said instanceof Promise ? 'a promise' : said === null ? 'null' : typeof said;
  return `its check returned ${kind}, and not true or false`;
}

/** What came instead of an `ok` reply. */
function causeOf({ status, error }: Reply): string {
  return status > 0 ? `status ${status}` : error;
}

function atRest(
  endpoint: string,
  sent: number,
  outcomes: readonly Outcome[],
  okMs: readonly number[],
  causes: ReadonlySet<string>,
): AtRest {
  return present({
    endpoint,
    sent,
    requests: outcomes.length,
    outcomes: addOutcomes(outcomes.map((outcome) => ({ [outcome]: 1 }))),
    okMs,
    causes: causes.size > 0 ? [...causes] : undefined,
  });
}
