import type { Endpoint } from '../core/endpoint.ts';
import { isMeasured } from '../core/measure-run.ts';
import type { AtRest, EndpointFacts, K6Metrics } from '../core/measured.ts';
import type { K6Measurement } from '../core/measurement.ts';
import { present } from '../core/present.ts';
import type { Threshold } from '../core/threshold.ts';
import type { SetupData, SummaryData } from './load-test-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';
import type { StudyParts } from './studies/study-definition.ts';

/** What `handleSummary` leaves for the tool. */
export function measurementOf(
  { definition, order, planName, plan, warmUpSeconds, target, endpoints }: ResolvedTest,
  study: StudyParts | undefined,
  thresholds: readonly Threshold[],
  data: SummaryData,
  nowMs: number,
): K6Measurement {
  const setupData = data.setup_data as SetupData | undefined;
  return present({
    runId: order.runId,
    testId: order.testId ?? definition.testId,
    scenario: definition.name,
    purpose: definition.purpose,
    planName,
    plan,
    warmUpSeconds: warmUpSeconds > 0 ? warmUpSeconds : undefined,
    abortsOnFail: order.abortOnFailAfterSeconds === undefined ? undefined : true,
    target: target.href,
    loadStartedAt: hasBegun(setupData, nowMs) ? new Date(setupData.loadStartedAtMs).toISOString() : undefined,
    endpoints: endpoints.map(factsOfEndpoint),
    thresholds,
    atRest: (setupData?.atRest ?? []).map(inOrder),
    study: study?.plan,
    metrics: measuredMetrics(withAliases(data.metrics, study?.aliases)),
  });
}

/** A run can end in its setup or in its warm-up. */
function hasBegun(setupData: SetupData | undefined, nowMs: number): setupData is SetupData {
  return setupData !== undefined && setupData.loadStartedAtMs <= nowMs;
}

function factsOfEndpoint(endpoint: Endpoint): EndpointFacts {
  const { id, method, path, category, expectedStatuses, timeoutMs, rateLimit } = endpoint;
  return present({ id, method, path, category, expectedStatuses, timeoutMs, rateLimit });
}

/** k6 hands setup's data back with its keys in another order. */
function inOrder({ endpoint, sent, requests, outcomes, okMs, causes }: AtRest): AtRest {
  return present({ endpoint, sent, requests, outcomes, okMs, causes });
}

function withAliases(metrics: K6Metrics, aliases: StudyParts['aliases'] = {}): K6Metrics {
  const taken = Object.entries(aliases).map(([name, from]) => [name, metrics[from]]);
  return { ...metrics, ...Object.fromEntries(taken) };
}

function measuredMetrics(metrics: K6Metrics): K6Metrics {
  return Object.fromEntries(
    Object.entries(metrics).filter(([name, metric]) => metric !== undefined && isMeasured(name, metric)),
  );
}
