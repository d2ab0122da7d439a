import fc from 'fast-check';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { EndpointOverTime } from '../core/measure/endpoints-over-time.ts';
import type { Cause, EndpointSummary } from '../core/measure/measured.ts';
import { OBSERVED_OUTCOMES, type ObservedOutcome } from '../core/measure/outcome.ts';
import { sum } from '../core/spec/sum.ts';

/** What the recorder adds to a run; undefined where k6 had none. */
export const randomRecord = fc.option(
  fc.record({
    periods: fc.integer({ min: 2, max: 12 }),
    /** How requests fall on the periods. */
    weights: fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }),
    /** Share of the requests that the record holds: one that was cut off lacks some. */
    heldShare: fc.constantFrom(1, 1, 0.5),
    checks: fc.array(
      fc.record({ name: fc.constantFrom('is json', 'has 4 rows'), passes: fc.nat(100), fails: fc.nat(9) }),
      { maxLength: 3 },
    ),
    orders: fc.option(fc.nat(1000), { nil: undefined }),
  }),
  { nil: undefined },
);

export type RandomRecord = typeof randomRecord extends fc.Arbitrary<infer T> ? T : never;

/** Why requests failed, where it was recorded: two causes of each outcome where there are two requests. */
export function withCauses(endpoint: EndpointSummary, record: RandomRecord): EndpointSummary {
  if (record === undefined) return endpoint;
  const causes = OBSERVED_OUTCOMES.flatMap((outcome): Cause[] => {
    const count = outcome === 'check_failed' ? 0 : (endpoint.outcomes[outcome] ?? 0);
    const fewer = Math.floor(count / 3);
    return [
      { ...CAUSES[outcome], outcome, count: count - fewer },
      { errorCode: 1000, text: 'something else', outcome, count: fewer },
    ].filter((cause) => cause.count > 0);
  });
  return causes.length === 0 ? endpoint : { ...endpoint, causes: causes.sort((a, b) => b.count - a.count) };
}

const CAUSES: Readonly<Partial<Record<ObservedOutcome, Omit<Cause, 'outcome' | 'count'>>>> = {
  rate_limited: { status: 429 },
  not_found: { status: 404 },
  client_error: { status: 401 },
  server_error: { status: 503 },
  unexpected_status: { status: 302 },
  timeout: { errorCode: 1050, text: 'request timeout' },
  reset: { errorCode: 1220, text: 'read: connection reset by peer' },
  other_error: { errorCode: 1000 },
};

/** The members of a summary that only a recorded run has. */
export function whatWasRecorded(
  endpoints: readonly EndpointSummary[],
  record: RandomRecord,
): Pick<RunSummary, 'overTime' | 'custom' | 'isUnrecorded'> {
  if (record === undefined) return { isUnrecorded: true };
  const { checks, orders, periods } = record;
  const figures = orders === undefined ? [] : [{ ...ORDERS, values: { count: orders, rate: orders / 61.5 } }];
  return {
    overTime: {
      atSeconds: Array.from({ length: periods }, (_, i) => (i + 1) * 5),
      endpoints: endpoints.map((endpoint) => overTimeOf(endpoint, record)),
    },
    ...(checks.length + figures.length > 0 ? { custom: { checks, figures } } : {}),
  };
}

const ORDERS = { metric: 'orders', kind: 'counter', isTime: false } as const;

function overTimeOf(
  { id, requests, outcomes, latencyMs }: EndpointSummary,
  { periods, weights, heldShare }: NonNullable<RandomRecord>,
): EndpointOverTime {
  const own = weights.slice(0, periods);
  const all = sum(own);
  const spread = (count: number) =>
    own.map((weight) => (all === 0 ? 0 : Math.floor((count * heldShare * weight) / all)));
  const [ok, limited] = [spread(outcomes.ok ?? 0), spread(outcomes.rate_limited ?? 0)];
  const others = spread(requests - (outcomes.ok ?? 0) - (outcomes.rate_limited ?? 0));
  const figure = (ms: number | undefined) => ok.map((count) => (count > 0 && ms !== undefined ? ms : null));
  return {
    id,
    requests: ok.map((count, i) => count + (limited[i] ?? 0) + (others[i] ?? 0)),
    ok,
    limited,
    okP50Ms: figure(latencyMs.ok.p50),
    okP95Ms: figure(latencyMs.ok.p95),
  };
}
