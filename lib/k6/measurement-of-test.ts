import { type K6Measurement, type MeasuredTest, withAliases } from '../core/judge/measurement.ts';
import type { Threshold } from '../core/judge/threshold.ts';
import { isMeasured } from '../core/measure/measure-run.ts';
import type { AtRest, EndpointFacts, K6Metrics } from '../core/measure/measured.ts';
import { checksContent, type Endpoint } from '../core/spec/endpoint.ts';
import { k6OptionsOf } from '../core/spec/k6-options.ts';
import { present } from '../core/spec/present.ts';
import { hrefsOf } from '../core/spec/server.ts';
import { dataFactsOf } from './journeys/supplies.ts';
import { journeyFactsOf } from './journeys-of-plan.ts';
import type { SetupData, SummaryOfTest } from './load-test-definition.ts';
import type { StudyParts } from './questions/study-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';

/** What is known of the measurement before the first request. */
export function measuredTest(
  { definition, order, planName, plan, warmUpSeconds, target, servers, endpoints }: ResolvedTest,
  study: StudyParts | undefined,
  thresholds: readonly Threshold[],
): MeasuredTest {
  return present({
    runId: order.runId,
    testId: order.testId ?? definition.testId,
    scenario: definition.name,
    purpose: definition.purpose,
    planName,
    plan,
    warmUpSeconds: warmUpSeconds > 0 ? warmUpSeconds : undefined,
    abortsOnFail: order.abortOnFailAfterSeconds === undefined ? undefined : true,
    checksContent: checksContent(endpoints) ? true : undefined,
    target: target.href,
    servers: hrefsOf(servers),
    endpoints: endpoints.map(factsOfEndpoint),
    journeys: journeyFactsOf(definition, plan),
    data: dataFactsOf(definition, plan),
    thresholds,
    makesMetrics: order.isRecorded ? (true as const) : undefined,
    study: study?.plan,
    aliases: study?.aliases,
  });
}

/** What `handleSummary` leaves for the tool, where nothing records the run. */
export function measurementOf({ aliases, ...test }: MeasuredTest, data: SummaryOfTest, nowMs: number): K6Measurement {
  const setupData = data.setup_data as SetupData | undefined;
  const k6Options = k6OptionsOf(data.testOptions ?? {});
  return present({
    ...test,
    k6Options: Object.keys(k6Options).length > 0 ? k6Options : undefined,
    loadStartedAt: hasBegun(setupData, nowMs) ? new Date(setupData.loadStartedAtMs).toISOString() : undefined,
    atRest: (setupData?.atRest ?? []).map(inOrder),
    metrics: measuredMetrics(withAliases(data.metrics, aliases)),
  });
}

/** A run can end in its setup or in its warm-up. */
function hasBegun(setupData: SetupData | undefined, nowMs: number): setupData is SetupData {
  return setupData !== undefined && setupData.loadStartedAtMs <= nowMs;
}

function factsOfEndpoint(endpoint: Endpoint): EndpointFacts {
  const { id, method, server, path, category, expectedStatuses, timeoutMs, rateLimit } = endpoint;
  return present({ id, method, server, path, category, expectedStatuses, timeoutMs, rateLimit });
}

/** k6 hands setup's data back with its keys in another order. */
function inOrder({ endpoint, sent, requests, outcomes, okMs, causes }: AtRest): AtRest {
  return present({ endpoint, sent, requests, outcomes, okMs, causes });
}

function measuredMetrics(metrics: K6Metrics): K6Metrics {
  return Object.fromEntries(
    Object.entries(metrics).filter(([name, metric]) => metric !== undefined && isMeasured(name, metric)),
  );
}
