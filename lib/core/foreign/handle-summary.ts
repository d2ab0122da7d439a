import { present } from '../spec/present.ts';
import {
  isTimeTrend,
  type K6File,
  type K6FileMetric,
  type K6FileThreshold,
  metricsByName,
  numbersOf,
} from './k6-file.ts';
import { isObject } from './recognise.ts';

const KINDS: ReadonlySet<unknown> = new Set(['counter', 'rate', 'gauge', 'trend']);

/** Reads what a script's `handleSummary(data)` wrote of `data`. */
export function readHandleSummary(json: Readonly<Record<string, unknown>>): K6File {
  const metrics = Object.entries(isObject(json.metrics) ? json.metrics : {}).flatMap(([name, metric]) => {
    const read = readMetric(name, metric);
    return read === undefined ? [] : [[name, read] as const];
  });
  const { testRunDurationMs } = numbersOf(json.state);
  return {
    metrics: metricsByName(metrics),
    ...present({ durationSeconds: testRunDurationMs === undefined ? undefined : testRunDurationMs / 1000 }),
  };
}

function readMetric(name: string, metric: unknown): K6FileMetric | undefined {
  if (!isObject(metric) || !isObject(metric.values) || !KINDS.has(metric.type)) return undefined;
  return {
    kind: metric.type as K6FileMetric['kind'],
    isTime: metric.contains === undefined ? isTimeTrend(name) : metric.contains === 'time',
    values: numbersOf(metric.values),
    thresholds: readThresholds(metric.thresholds),
  };
}

function readThresholds(thresholds: unknown): K6FileThreshold[] {
  return Object.entries(isObject(thresholds) ? thresholds : {}).flatMap(([expression, result]) =>
    isObject(result) && typeof result.ok === 'boolean' ? [{ expression, holds: result.ok }] : [],
  );
}
