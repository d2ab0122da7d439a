import { OWN_METRICS, outcomeMetric } from '../measure/k6-metrics.ts';
import { OBSERVED_OUTCOMES } from '../measure/outcome.ts';

const TOLD: ReadonlySet<string> = new Set([
  ...Object.values(OWN_METRICS),
  ...OBSERVED_OUTCOMES.map(outcomeMetric),
  'checks',
  'iterations',
  'iteration_duration',
  'dropped_iterations',
  'vus',
  'vus_max',
  'group_duration',
]);

/** Whether a metric is one of k6's or of ours: those have limits of their own. */
export function isTold(metric: string): boolean {
  return TOLD.has(metric) || metric.startsWith('http_req') || metric.startsWith('ws_');
}
