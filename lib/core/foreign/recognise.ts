import type { SummarySource } from '../judge/run-summary.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a file is, by what is in it; undefined for none that we can read. */
export function recognise(json: unknown): SummarySource | undefined {
  if (!isObject(json)) return undefined;
  if (isUnjudged(json)) return undefined;
  if (json.source === 'hand-made' || json.source === 'script') return json.source;
  if (isOurs(json)) return 'k6-verdict';
  if (isObject(json.results) && Array.isArray(json.results.metrics)) return 'machine-readable';
  if (isObject(json.metrics)) return recogniseMetrics(json, json.metrics);
  return undefined;
}

/**
 * Whether this is what a scenario of k6-verdict measured, before anything was judged: what its `handleSummary` leaves
 * for the tool, and writes as summary.json where k6 runs the bundle without it.
 */
export function isUnjudged(json: unknown): boolean {
  return (
    isObject(json) &&
    isObject(json.metrics) &&
    typeof json.scenario === 'string' &&
    typeof json.testId === 'string' &&
    [json.endpoints, json.thresholds, json.atRest].every(Array.isArray)
  );
}

/** `joint.json` has a schemaVersion as well, and `report.json`; neither names the tool. */
function isOurs({ schemaVersion, tool }: Json): boolean {
  return typeof schemaVersion === 'number' && isObject(tool) && tool.name === 'k6-verdict';
}

/** `handleSummary` keeps the figures of a metric under `values`, `--summary-export` beside its thresholds. */
function recogniseMetrics(json: Json, byName: Json): 'handleSummary' | 'summary-export' | undefined {
  const metrics = Object.values(byName).filter(isObject);
  if (metrics.some(({ values }) => isObject(values))) return 'handleSummary';
  if (metrics.some((metric) => Object.values(metric).some((value) => typeof value === 'number')))
    return 'summary-export';
  // A run that measured nothing at all still lists its groups, each shape in its own way.
  if (!isObject(json.root_group)) return undefined;
  return Array.isArray(json.root_group.groups) ? 'handleSummary' : 'summary-export';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
