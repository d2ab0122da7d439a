import type { EndpointFacts, EndpointSummary, MeasuredRun } from '../measure/measured.ts';
import { LADDER_PERCENTILES } from '../measure/quantile-ladder.ts';
import type { DataFacts } from '../spec/data-facts.ts';
import type { JourneyFacts } from '../spec/journey.ts';
import type { K6Options } from '../spec/k6-options.ts';
import type { Plan } from '../spec/load-shape.ts';
import { countLocalAddresses } from '../spec/local-ips.ts';
import { isDeclared } from '../spec/not-declared.ts';
import { present } from '../spec/present.ts';

/**
 * The workload of a run: what is sent, how, and how it is counted. Budgets, URLs, release and host are left out, so that
 * tightening a budget does not make every earlier run incomparable. What is absent is as it always was: an earlier
 * summary, which does not say it, has the same workload.
 */
export interface Workload {
  readonly scenario: string;
  readonly plan: string;
  readonly shapes: Plan;
  readonly warmUpSeconds?: number;
  readonly ladder: readonly number[];
  /** Its minor version. */
  readonly k6: string;
  readonly k6Options?: K6Options;
  readonly endpoints: readonly Pick<
    EndpointFacts,
    'id' | 'method' | 'server' | 'path' | 'expectedStatuses' | 'timeoutMs'
  >[];
  /** With their weights; absent where requests are sent in turn. */
  readonly journeys?: readonly JourneyFacts[];
  /** What journeys are fed with; absent where with nothing. */
  readonly data?: readonly DataFacts[];
}

export function workloadOf(
  {
    scenario,
    plan,
    load,
    endpoints,
    journeys,
    data,
    k6Options,
  }: Pick<MeasuredRun, 'scenario' | 'plan' | 'endpoints' | 'journeys' | 'data' | 'k6Options'> & {
    readonly load: Pick<MeasuredRun['load'], 'plan' | 'warmUpSeconds'>;
  },
  k6Version: string,
): Workload {
  return {
    scenario,
    plan,
    shapes: load.plan,
    ...present({ warmUpSeconds: load.warmUpSeconds, k6Options: k6Options && anywhere(k6Options) }),
    ladder: LADDER_PERCENTILES,
    k6: minorOf(k6Version),
    endpoints: endpoints
      .filter(isOfTest)
      .map(({ id, method, server, path, expectedStatuses, timeoutMs }) =>
        present({ id, method, server, path, expectedStatuses, timeoutMs }),
      ),
    ...present({ journeys: journeys?.map(journeyFacts), data }),
  };
}

/** What the script sends besides is no part of its plan: it may be there now and then. */
function isOfTest(row: EndpointSummary): row is EndpointSummary & EndpointFacts {
  return isDeclared(row);
}

function journeyFacts({ name, endpoints, weight, atMostSeconds }: JourneyFacts): JourneyFacts {
  return { name, endpoints, ...present({ weight }), atMostSeconds };
}

/** A patch of k6 changes no work. */
export function minorOf(k6Version: string): string {
  return k6Version.split('.').slice(0, 2).join('.');
}

/**
 * Each machine has local addresses of its own: how many the load comes from is the same work anywhere.
 * @returns undefined where no option is left
 */
export function anywhere({ localIPs, ...others }: K6Options): K6Options | undefined {
  const addresses = typeof localIPs === 'string' ? (countLocalAddresses(localIPs)?.toString() ?? localIPs) : undefined;
  const options = { ...others, ...present({ localIPs: addresses }) };
  return Object.keys(options).length === 0 ? undefined : options;
}
