import {
  isTimeTrend,
  type K6File,
  type K6FileMetric,
  type K6FileThreshold,
  metricsByName,
  numbersOf,
} from './k6-file.ts';
import { isObject } from './recognise.ts';

/** Reads what `k6 run --summary-export` wrote. Its figures are flat, and it does not say what kind a metric is. */
export function readSummaryExport(json: Readonly<Record<string, unknown>>): K6File {
  const metrics = metricsByName(
    Object.entries(isObject(json.metrics) ? json.metrics : {}).flatMap(([name, metric]) =>
      isObject(metric) ? [[name, readMetric(name, metric)] as const] : [],
    ),
  );
  const { count = 0, rate = 0 } = metrics.get('iterations')?.values ?? metrics.get('http_reqs')?.values ?? {};
  // k6 divides each count by the duration of the run, which it does not write down here.
  return { metrics, ...(rate > 0 ? { durationSeconds: Number((count / rate).toFixed(6)) } : {}) };
}

function readMetric(name: string, metric: Readonly<Record<string, unknown>>): K6FileMetric {
  const { value, ...numbers } = numbersOf(metric);
  const kind = kindOf(metric);
  return {
    kind,
    isTime: kind === 'trend' && isTimeTrend(name),
    values: value === undefined ? numbers : { ...numbers, [kind === 'rate' ? 'rate' : 'value']: value },
    thresholds: readThresholds(metric.thresholds),
  };
}

function kindOf(metric: Readonly<Record<string, unknown>>): K6FileMetric['kind'] {
  if ('passes' in metric && 'fails' in metric) return 'rate';
  if ('value' in metric) return 'gauge';
  return 'count' in metric && 'rate' in metric ? 'counter' : 'trend';
}

/** The booleans say whether a threshold was crossed: the opposite of `ok`. */
function readThresholds(thresholds: unknown): K6FileThreshold[] {
  return Object.entries(isObject(thresholds) ? thresholds : {}).flatMap(([expression, isCrossed]) =>
    typeof isCrossed === 'boolean' ? [{ expression, holds: !isCrossed }] : [],
  );
}
