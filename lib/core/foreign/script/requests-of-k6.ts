import { REQUESTS } from '../../measure/k6-metrics.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import type { RecordedSeries } from '../../measure/record/recorded-series.ts';
import { countOfTrends, isExpected, isTrend } from '../../measure/record/request-cells.ts';

/**
 * What k6 tells of all HTTP requests beside their times, by its names: of the whole run, with setup and teardown. The
 * record keeps it apart only where a threshold looks at it.
 */
export function requestsOfK6({ series }: Pick<RecordTotals, 'series'>): [string, readonly RecordedSeries[]][] {
  const requests = series.filter(isTrend).filter(({ metric }) => metric === REQUESTS);
  // A script can take the judgement from k6, which then says nothing of such requests.
  const judged = requests.filter(({ tags }) => tags.expected_response !== undefined);
  const expected = judged.filter(({ tags }) => isExpected(tags));
  const [count, total] = [countOfTrends(requests), countOfTrends(judged)];
  const trues = total - countOfTrends(expected);
  const plain = { contains: 'default', tags: {} } as const;
  const all: [string, readonly RecordedSeries[]][] = [
    ['http_reqs', count > 0 ? [{ ...plain, metric: 'http_reqs', kind: 'counter', sum: count, count }] : []],
    ['http_req_failed', total > 0 ? [{ ...plain, metric: 'http_req_failed', kind: 'rate', trues, total }] : []],
    [`${REQUESTS}{expected_response:true}`, expected],
  ];
  return all.filter(([, found]) => found.length > 0);
}
