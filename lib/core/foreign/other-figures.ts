import { USUAL_TREND_STATS } from '../judge/custom-of-record.ts';
import { isWordOfOurs } from '../judge/k6-summary/k6-words.ts';
import type { K6Figure } from '../judge/run-summary.ts';
import { LADDER_TREND_STATS } from '../measure/quantile-ladder.ts';
import { baseOf, type K6File, type K6FileMetric, tagsOf } from './k6-file.ts';
import { isOwn } from './own-summary.ts';
import { endpointOf } from './read-endpoints.ts';
import { metricWithoutSecrets } from './without-secrets.ts';

/** Of so many metrics the figures are kept: of more there is no reader. */
const MOST_FIGURES = 300;

export interface OtherFigures {
  readonly figures: readonly K6Figure[];
  /** How many metrics are left out. */
  readonly left: number;
}

/** What k6 measured besides requests and their outcomes: gRPC, WebSocket, browser, groups, phases, figures of the script. */
export function otherFigures(file: K6File): OtherFigures {
  const isOurs = isOwn(file);
  const all = [...file.metrics]
    .filter(([name]) => !(isOurs && isWordOfOurs(baseOf(name))))
    .filter(([name, metric]) => !isToldElsewhere(name) && Object.keys(metric.values).length > 0)
    .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
    .map(([name, metric]) => figureOf(name, metric));
  return { figures: all.slice(0, MOST_FIGURES), left: Math.max(0, all.length - MOST_FIGURES) };
}

const TOLD = new Set([
  'http_reqs',
  'http_req_failed',
  'http_req_duration',
  'iterations',
  'dropped_iterations',
  'vus',
  'vus_max',
  'checks',
]);

/** In the totals, the endpoints, the load or the checks. */
function isToldElsewhere(name: string): boolean {
  const { expected_response: _, ...tags } = tagsOf(name);
  if (!TOLD.has(baseOf(name))) return false;
  return Object.keys(tags).length === 0 || (Object.keys(tags).length === 1 && endpointOf(name) !== undefined);
}

/** What a script measures itself tells most, what k6 measures of every run least. */
function rankOf(name: string): number {
  if (/^http_req|^(iteration_duration|data_sent|data_received)/.test(name)) return 2;
  return /^(grpc|ws|browser|group|checks)/.test(name) ? 1 : 0;
}

function figureOf(name: string, { kind, isTime, values }: K6FileMetric): K6Figure {
  return {
    metric: metricWithoutSecrets(name),
    kind,
    isTime: kind === 'trend' && isTime,
    values: withoutLadder(values),
  };
}

/** A ladder is there to work out latencies from: nobody reads a hundred percentiles. */
function withoutLadder(values: K6FileMetric['values']): K6FileMetric['values'] {
  const hasLadder = LADDER_TREND_STATS.every((stat) => values[stat] !== undefined);
  if (!hasLadder) return values;
  return Object.fromEntries(Object.entries(values).filter(([stat]) => USUAL_TREND_STATS.includes(stat)));
}
