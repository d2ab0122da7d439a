import type { StoredRun } from '../../core/judge/run-summary.ts';
import type { StoredEndpoint } from '../../core/measure/measured.ts';
import { acceptedRequests, limitUseOf } from '../../core/measure/rate-limit.ts';
import type { RateLimit } from '../../core/spec/endpoint.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { countOutcomes } from './figures.ts';

/**
 * What a declared limit turned out to be. `enforced`: it answered 429, and accepted no more than it declares.
 * `not enforced`: it accepted more than fits. `too strict`: it refused what fits. `not reached`: the load was too small
 * to tell. `unknown`: how long the load lasted is not known, or it came from several addresses.
 */
export type LimitState = 'enforced' | 'not enforced' | 'too strict' | 'not reached' | 'unknown';

export interface LimitCheck {
  readonly declared: RateLimit;
  readonly state: LimitState;
  /** Requests that were let through, in the run that decides. */
  readonly accepted: number;
  /** The most that the limit lets through in that run. */
  readonly mostAccepted?: number;
  readonly limited: number;
  readonly withoutRetryAfter?: number;
}

const STATES: readonly LimitState[] = ['not enforced', 'too strict', 'unknown', 'enforced', 'not reached'];

/**
 * Holds the limit of an endpoint against each run that declared it, as that run did; the run that looks worst decides.
 *
 * @param declared for where no run decides
 */
export function checkLimit(id: string, declared: RateLimit, runs: readonly StoredRun[]): LimitCheck {
  const checks = runs.flatMap((run) => {
    const endpoint = run.endpoints.find((candidate) => candidate.id === id);
    return endpoint?.rateLimit === undefined ? [] : [checkInRun(endpoint, endpoint.rateLimit, run)];
  });
  const decisive = STATES.flatMap((state) => checks.filter((check) => check.state === state))[0];
  const limited = sum(checks.map((check) => check.limited));
  const missing = checks.flatMap(({ withoutRetryAfter }) => withoutRetryAfter ?? []);
  return {
    ...(decisive ?? { declared, state: 'unknown', accepted: 0 }),
    limited,
    ...(missing.length > 0 ? { withoutRetryAfter: sum(missing) } : {}),
  };
}

function checkInRun(endpoint: StoredEndpoint, declared: RateLimit, run: StoredRun): LimitCheck {
  const limited = countOutcomes(endpoint.outcomes, 'rate_limited');
  const accepted = acceptedRequests(endpoint);
  const check = {
    declared,
    accepted,
    limited,
    ...present({ withoutRetryAfter: endpoint.limitedWithoutRetryAfter }),
  };
  const use = limitUseOf(endpoint, run.load);
  if (use === undefined) return { ...check, state: 'unknown' };
  const state = ((): LimitState => {
    if (use.beyond > 0) return 'not enforced';
    if (limited === 0) return 'not reached';
    return refusedWhatFits(endpoint, declared, run) ? 'too strict' : 'enforced';
  })();
  return { ...check, state, mostAccepted: use.mostAccepted };
}

/** Beyond counting errors of the limiter itself, and of the requests at rest that it remembers. */
const MIN_ACCEPTED_SHARE = 0.9;

/**
 * Only where the limit was not used up before the load: the requests at rest were let through. Of a limit of 60 per
 * minute, 60 requests must get through in each full minute in which there are so many.
 */
function refusedWhatFits(endpoint: StoredEndpoint, { requests, windowSeconds }: RateLimit, run: StoredRun): boolean {
  const atRest = run.atRest.find((rest) => rest.endpoint === endpoint.id);
  const isFresh =
    run.load.warmUpSeconds === undefined &&
    (atRest?.outcomes.ok ?? 0) > 0 &&
    (atRest?.outcomes.rate_limited ?? 0) === 0;
  if (!isFresh || endpoint.requests < requests) return false;
  const shapes = Object.values(run.load.plan ?? {});
  const isSteady = shapes.length > 0 && shapes.every(({ kind }) => kind.startsWith('constant'));
  const fullWindows = isSteady ? Math.max(1, Math.floor((run.load.windowSeconds ?? 0) / windowSeconds)) : 1;
  // Whatever was not answered 429 may have been counted by the limiter, whatever became of it.
  const letThrough = endpoint.requests - countOutcomes(endpoint.outcomes, 'rate_limited') + (atRest?.sent ?? 0);
  return letThrough < MIN_ACCEPTED_SHARE * Math.min(requests * fullWindows, endpoint.requests);
}
