import { present } from '../spec/present.ts';
import { type K6File, type K6FileMetric, metricsByName, numbersOf } from './k6-file.ts';
import { isObject } from './recognise.ts';

const KINDS: ReadonlySet<unknown> = new Set(['counter', 'rate', 'gauge', 'trend']);

/** Reads what k6 writes under `--new-machine-readable-summary`. It has no thresholds, and its script is left alone. */
export function readMachineReadable(json: Readonly<Record<string, unknown>>): K6File {
  const listed = isObject(json.results) && Array.isArray(json.results.metrics) ? json.results.metrics : [];
  const { duration } = numbersOf(json.config);
  const metadata = isObject(json.metadata) ? json.metadata : {};
  // The names that k6 has had for them since its schema has versions stand second.
  const endedAt = metadata.generated_at ?? metadata.generatedAt;
  const k6Version = metadata.k6_version ?? metadata.k6Version;
  return {
    metrics: metricsByName(listed.flatMap(readMetric)),
    ...present({ durationSeconds: duration }),
    ...(typeof k6Version === 'string' ? { k6Version } : {}),
    ...(typeof endedAt === 'string' && !Number.isNaN(Date.parse(endedAt))
      ? { endedAt: new Date(endedAt).toISOString() }
      : {}),
  };
}

function readMetric(metric: unknown): (readonly [name: string, metric: K6FileMetric])[] {
  if (!isObject(metric) || typeof metric.name !== 'string' || !KINDS.has(metric.type)) return [];
  const kind = metric.type as K6FileMetric['kind'];
  return [
    [
      metric.name,
      { kind, isTime: metric.contains === 'time', values: valuesOf(kind, numbersOf(metric.values)), thresholds: [] },
    ],
  ];
}

function valuesOf(kind: K6FileMetric['kind'], numbers: Readonly<Record<string, number>>): Record<string, number> {
  if (kind === 'rate') {
    const { rate = 0, matches = 0, total = 0 } = numbers;
    return { rate, passes: matches, fails: total - matches };
  }
  return Object.fromEntries(
    Object.entries(numbers).map(([stat, value]) => [stat.replace(/^p(\d+(\.\d+)?)$/, 'p($1)'), value]),
  );
}
