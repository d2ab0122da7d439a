import { isObject } from './recognise.ts';

/** One metric of a k6 summary of any shape. */
export interface K6FileMetric {
  readonly kind: 'counter' | 'rate' | 'gauge' | 'trend';
  /** Whether its values are milliseconds. */
  readonly isTime: boolean;
  /** By the names that `handleSummary` uses. The `passes` of a rate are the samples that were true: for http_req_failed, those that failed. */
  readonly values: Readonly<Record<string, number>>;
  readonly thresholds: readonly K6FileThreshold[];
}

export interface K6FileThreshold {
  readonly expression: string;
  /** What k6 found. It says so of thresholds without samples as well. */
  readonly holds: boolean;
  /** Whether that was found at the very end: then no figure that is rounded can say otherwise. @default false */
  readonly isFinal?: boolean;
  /** Where nobody found anything: why not. */
  readonly toTell?: string;
}

/** What any of k6's shapes says, read alike. Everything else in the file stays there: it can hold secrets. */
export interface K6File {
  /** By name, with their tags in alphabetical order. */
  readonly metrics: ReadonlyMap<string, K6FileMetric>;
  /** From the start of `setup()` to the end of `teardown()`. */
  readonly durationSeconds?: number;
  readonly k6Version?: string;
  /** ISO 8601 UTC. */
  readonly endedAt?: string;
}

/** The members that are numbers. */
export function numbersOf(value: unknown): Record<string, number> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  );
}

/** k6's own trends are times, and those of its extensions for protocols; of others only `contains` says so. */
const TIME_TRENDS = /^(http_req|ws|grpc|browser|iteration|group)_\w+$/;

export function isTimeTrend(metric: string): boolean {
  return TIME_TRENDS.test(baseOf(metric)) && !/_cls$/.test(baseOf(metric));
}

export type Tags = Readonly<Record<string, string>>;

/** `http_reqs{endpoint:a}` → `http_reqs` */
export function baseOf(metric: string): string {
  return metric.split('{', 1)[0] ?? metric;
}

/** `http_reqs{endpoint:a,status:429}` → `{ endpoint: 'a', status: '429' }`, as k6 itself splits it. */
export function tagsOf(metric: string): Tags {
  const inner = /^[^{]*\{(.*)\}$/s.exec(metric)?.[1] ?? '';
  return Object.fromEntries(
    inner
      .split(',')
      .filter((tag) => tag.includes(':'))
      .map((tag) => {
        const colon = tag.indexOf(':');
        return [unquoted(tag.slice(0, colon)), unquoted(tag.slice(colon + 1))];
      }),
  );
}

function unquoted(text: string): string {
  return text.trim().replace(/^["']|["']$/g, '');
}

/** The same name for the same metric, in whatever order its tags were written. */
export function metricName(base: string, tags: Tags): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? base : `${base}{${sorted.map(([key, value]) => `${key}:${value}`).join(',')}}`;
}

/**
 * The metrics of a file, each under its name as metricName writes it. k6 keeps one whose tags two thresholds name in
 * another order twice, with the same figures and each with its own threshold.
 */
export function metricsByName(named: readonly (readonly [name: string, metric: K6FileMetric])[]): K6File['metrics'] {
  const metrics = new Map<string, K6FileMetric>();
  for (const [written, metric] of named) {
    const name = metricName(baseOf(written), tagsOf(written));
    const known = metrics.get(name)?.thresholds ?? [];
    metrics.set(name, { ...metric, thresholds: [...known, ...metric.thresholds] });
  }
  return metrics;
}

export function findMetric({ metrics }: K6File, base: string, tags: Tags): K6FileMetric | undefined {
  return metrics.get(metricName(base, tags));
}

export function areSame(some: Tags, others: Tags): boolean {
  return metricName('', some) === metricName('', others);
}
