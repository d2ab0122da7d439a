import { type BaseUrl, parseBaseUrl, requireConsent } from '../core/spec/base-url.ts';
import type { Endpoint } from '../core/spec/endpoint.ts';
import { UserError } from '../core/spec/errors.ts';
import type { Plan } from '../core/spec/load-shape.ts';
import { applySettings, choosePlan } from '../core/spec/plan-settings.ts';
import type { RunOrder } from '../core/spec/run-order.ts';
import { type Servers, serversOf } from '../core/spec/server.ts';
import type { Settings } from '../core/spec/settings.ts';
import { warmUpOf } from '../core/spec/warm-up.ts';
import { endpointsOfPlan, journeysOfPlan } from './journeys-of-plan.ts';
import type { LoadTestDefinition } from './load-test-definition.ts';
import { endpointsOfRun, type RunEndpoint } from './run-endpoint.ts';

/** A load test with everything decided that its definition leaves to the settings and to the order of the run. */
export interface ResolvedTest {
  readonly definition: LoadTestDefinition<string>;
  readonly settings: Settings;
  readonly order: RunOrder;
  readonly target: BaseUrl;
  /** Where endpoints are asked that name a server of their own. */
  readonly servers: Servers;
  readonly endpoints: readonly RunEndpoint[];
  readonly planName: string;
  /** Complete: with what the question of the test adds to it. */
  readonly plan: Plan;
  readonly warmUpSeconds: number;
  /** The streams that send the same load before it; none where there is no warm-up. */
  readonly warmUp: Plan;
}

/**
 * Decides what a run of this test is. Pure: it sends nothing, and knows nothing of k6.
 * @param read what a variable of the environment says
 * @throws UserError for settings that do not fit, a server that nothing says the address of, or one without consent
 */
export function resolveTest(
  definition: LoadTestDefinition<string>,
  settings: Settings,
  order: RunOrder,
  read: (variable: string) => string | undefined,
): ResolvedTest {
  const chosen = choosePlan(definition.plans, settings.plan);
  const applied = applySettings(chosen.name, chosen.plan, settings);
  const asked = endpointsOfPlan(definition, applied);
  if (asked.length === 0) {
    throw new UserError({ what: `The load test "${definition.name}" has no endpoints.`, expected: 'at least one' });
  }
  const target = settings.baseUrl ?? parseBaseUrl(order.backendUrl);
  requireConsent(target, settings.allowedHosts);
  const servers = serversOf(asked, read, settings.allowedHosts);
  const endpoints = endpointsOfRun(settings, order, asked);
  const warmUpSeconds = settings.warmUpSeconds ?? definition.warmUpSeconds ?? order.defaultWarmUpSeconds;
  const plan = definition.study?.completePlan?.(applied, { settings, order, endpoints, warmUpSeconds }) ?? applied;
  return {
    definition,
    settings,
    order,
    target,
    servers,
    endpoints,
    planName: chosen.name,
    plan,
    warmUpSeconds,
    warmUp: warmUpOf(plan, warmUpSeconds),
  };
}

/** How long an iteration can take, without the pause after it: one request, or one journey. */
export function longestIterationMs({ definition, endpoints, plan }: ResolvedTest): number {
  const journeys = journeysOfPlan(definition, plan);
  return journeys.length === 0
    ? longestTimeoutMs(endpoints)
    : Math.max(...journeys.map(({ atMostSeconds }) => atMostSeconds * 1000));
}

/** The longest time that a request of any of these endpoints may take. */
export function longestTimeoutMs(endpoints: readonly Endpoint[]): number {
  return Math.max(...endpoints.map(({ timeoutMs }) => timeoutMs));
}
