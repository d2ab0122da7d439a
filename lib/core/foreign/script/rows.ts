import type { Measured, StoredEndpoint } from '../../measure/measured.ts';
import { addOutcomes, type OutcomeCounts } from '../../measure/outcome.ts';
import { latencyFromTrend } from '../../measure/quantile-ladder.ts';
import { causesOf } from '../../measure/record/causes.ts';
import { countOfTrends, outcomeOfCell, type TrendSeries, trendOf } from '../../measure/record/request-cells.ts';
import { trendValues } from '../../measure/record/trend-quantiles.ts';
import type { HttpMethod } from '../../spec/endpoint.ts';
import { groupBy } from '../../spec/group-by.ts';
import { present } from '../../spec/present.ts';

/** Of a script that has no groups. */
const CATEGORY = 'Requests';

/** Rows for which the recorder had no room: their requests are told together. */
const FOLDED = 'other requests';

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
  const causes = causesOf(requests.filter((each) => !isOk(each)));
  return {
    id: [...groups, name].join(' / '),
    path: path ?? name,
    category: groups.join(' / ') || CATEGORY,
    ...measuredOf(requests),
    ...present({ method: method as HttpMethod | undefined, causes: causes.length > 0 ? causes : undefined }),
  };
}

function nameOf({ row, more }: TrendSeries['tags']): string {
  return more === 'true' ? FOLDED : (row ?? FOLDED);
}

function outcomesOf(requests: TrendSeries): OutcomeCounts {
  const { tags, trend } = requests;
  if (isOk(requests)) return { ok: trend.count };
  if (tags.expected_response === undefined && tags.status === undefined && tags.error_code === undefined)
    return { unknown: trend.count };
  return { [outcomeOfCell(tags)]: trend.count };
}

/** As k6 found it, or by k6's own rule where the script has taken away what says so. */
function isOk({ tags: { expected_response: expected, status } }: TrendSeries): boolean {
  if (expected !== undefined) return expected === 'true';
  return Number(status) >= 200 && Number(status) < 400;
}
