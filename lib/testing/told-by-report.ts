import type { Report } from '../report/model/report.ts';

/** What the report of a run says that k6's shape of a summary can say as well, in an order of its own. */
export function toldByReport({ verdict, totals, endpoints, thresholds }: Report) {
  const inOrder = <Row extends object>(rows: readonly Row[]) =>
    rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    verdict,
    totals: { requests: totals.requests, outcomes: totals.outcomes, all: totals.all, ok: totals.ok },
    requestsPerSecond: totals.requestsPerSecond,
    endpoints: inOrder(endpoints.map(({ id, requests, outcomes, all, ok }) => ({ id, requests, outcomes, all, ok }))),
    thresholds: inOrder(
      thresholds
        .filter(({ level, verdict: held }) => level !== 'warn' && held !== 'waived')
        .map(({ metric, endpoint, title, operator, limit, unit, samples, actual, margin, verdict: held }) => ({
          metric,
          endpoint,
          title,
          limit: `${operator} ${limit} ${unit}`,
          samples,
          actual,
          margin,
          held,
        })),
    ),
  };
}
