import { REQUESTS } from '../../measure/k6-metrics.ts';
import type { Measured, StoredEndpoint } from '../../measure/measured.ts';
import { addOutcomes, type OutcomeCounts } from '../../measure/outcome.ts';
import { latencyFromTrend } from '../../measure/quantile-ladder.ts';
import { causesOf } from '../../measure/record/causes.ts';
import { partOfScript } from '../../measure/record/part-of-script.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import {
  countOfTrends,
  isTrend,
  outcomeOfCell,
  type TrendSeries,
  trendOf,
} from '../../measure/record/request-cells.ts';
import { trendValues } from '../../measure/record/trend-quantiles.ts';
import type { HttpMethod } from '../../spec/endpoint.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';

/** Metrics of which k6 has one sample for each request, call or socket. */
const CALLS = 'grpc_req_duration';
const SOCKETS = 'ws_connecting';
const ASKING: readonly string[] = [REQUESTS, CALLS, SOCKETS];

const GRPC_OK = '0';
const SWITCHING_PROTOCOLS = '101';

/** Of a script that has no groups. */
const CATEGORY = 'Requests';

/** Rows for which the recorder had no room: their requests are told together. */
const FOLDED = 'other requests';

/** What k6 gives neither a name nor a URL, such as a health check by gRPC. */
export const WITHOUT_NAME = 'requests without a name';

/** HTTP requests, gRPC calls and WebSockets that were opened. k6 has `setup()` and `teardown()` in its own figures, and nobody means them by the load. */
export function requestsOfLoad({ series, options }: RecordTotals): TrendSeries[] {
  const partOf = partOfScript(options);
  return series.filter(isTrend).filter(({ metric, tags }) => ASKING.includes(metric) && partOf(tags) === 'load');
}

/**
 * The requests of a script by row and group, in the order of the record.
 * @param requests of the load
 */
export function rowsOf(requests: readonly TrendSeries[]): StoredEndpoint[] {
  return [...groupBy(requests, ({ tags }) => JSON.stringify([tags.group ?? '', nameOf(tags)])).values()].map(rowOf);
}

/** Requests together, whatever their rows. */
export function measuredOf(requests: readonly TrendSeries[]): Measured {
  const ok = requests.filter(isOk);
  const latencyOf = (some: readonly TrendSeries[]) =>
    some.length === 0 ? { count: 0 } : latencyFromTrend(trendValues(trendOf(some)));
  return {
    requests: countOfTrends(requests),
    outcomes: addOutcomes(requests.map(outcomesOf)),
    latencyMs: { all: latencyOf(requests), ok: latencyOf(ok) },
  };
}

function rowOf(requests: readonly TrendSeries[]): StoredEndpoint {
  const { tags = {} } = requests[0] ?? {};
  const name = nameOf(tags);
  const groups = (tags.group ?? '').split('::').filter((part) => part !== '');
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(name) ?? [];
  const causes = causesOf(requests.filter((each) => each.metric === REQUESTS && !isOk(each)));
  return {
    id: [...groups, name].join(' / '),
    path: path ?? name,
    category: groups.join(' / ') || CATEGORY,
    ...measuredOf(requests),
    ...present({ method: method as HttpMethod | undefined, causes: causes.length > 0 ? causes : undefined }),
  };
}

function nameOf({ row, more }: TrendSeries['tags']): string {
  return more === 'true' ? FOLDED : (row ?? WITHOUT_NAME);
}

function outcomesOf(requests: TrendSeries): OutcomeCounts {
  const { metric, tags, trend } = requests;
  if (isOk(requests)) return { ok: trend.count };
  if (metric !== REQUESTS) return { [tags.status === undefined ? 'unknown' : 'unexpected_status']: trend.count };
  if (tags.expected_response === undefined && tags.status === undefined && tags.error_code === undefined)
    return { unknown: trend.count };
  return { [outcomeOfCell(tags)]: trend.count };
}

/** As k6 found it, or by k6's own rule where the script has taken away what says so. */
function isOk({ metric, tags: { expected_response: expected, status } }: TrendSeries): boolean {
  if (metric === CALLS) return status === GRPC_OK;
  if (metric === SOCKETS) return status === SWITCHING_PROTOCOLS;
  if (expected !== undefined) return expected === 'true';
  return Number(status) >= 200 && Number(status) < 400;
}
