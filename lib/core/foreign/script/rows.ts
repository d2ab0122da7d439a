import { REQUESTS } from '../../measure/k6-metrics.ts';
import type { Measured, StoredEndpoint } from '../../measure/measured.ts';
import { addOutcomes } from '../../measure/outcome.ts';
import { latencyFromTrend } from '../../measure/quantile-ladder.ts';
import { causesOf } from '../../measure/record/causes.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import { countOfTrends, isTrend, type TrendSeries, trendOf } from '../../measure/record/request-cells.ts';
import { asksInLoad, isOkRequest, outcomeOfRequest, rowOfRequest } from '../../measure/record/requests-of-script.ts';
import { trendValues } from '../../measure/record/trend-quantiles.ts';
import type { HttpMethod } from '../../spec/endpoint.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';

/** Of a script that has no groups. */
const CATEGORY = 'Requests';

/** HTTP requests, those of a browser, gRPC calls, and WebSockets that were opened. */
export function requestsOfLoad({ series, options }: Pick<RecordTotals, 'series' | 'options'>): TrendSeries[] {
  return series.filter(isTrend).filter(asksInLoad(options));
}

/**
 * The requests of a script by row and group, in the order of the record.
 * @param requests of the load
 */
export function rowsOf(requests: readonly TrendSeries[]): StoredEndpoint[] {
  return [...groupBy(requests, ({ tags }) => rowOfRequest(tags).id).values()].map(rowOf);
}

/** Requests together, whatever their rows. */
export function measuredOf(requests: readonly TrendSeries[]): Measured {
  const ok = requests.filter(isOkRequest);
  const latencyOf = (some: readonly TrendSeries[]) =>
    some.length === 0 ? { count: 0 } : latencyFromTrend(trendValues(trendOf(some)));
  return {
    requests: countOfTrends(requests),
    outcomes: addOutcomes(requests.map((each) => ({ [outcomeOfRequest(each)]: each.trend.count }))),
    latencyMs: { all: latencyOf(requests), ok: latencyOf(ok) },
  };
}

function rowOf(requests: readonly TrendSeries[]): StoredEndpoint {
  const { id, name, groups } = rowOfRequest(requests[0]?.tags ?? {});
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(name) ?? [];
  const causes = causesOf(requests.filter((each) => each.metric === REQUESTS && !isOkRequest(each)));
  return {
    id,
    path: path ?? name,
    category: groups.join(' / ') || CATEGORY,
    ...measuredOf(requests),
    ...present({ method: method as HttpMethod | undefined, causes: causes.length > 0 ? causes : undefined }),
  };
}
