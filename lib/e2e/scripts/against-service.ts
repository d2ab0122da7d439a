import type { ExpectedRow, ScriptCase } from './script-case.ts';
import type { Counts } from './service/ledger.ts';

/** Requests by `rowKey`. */
export type CountedRows = ReadonlyMap<string, number>;

/** What tells rows apart: the group, and the name in it. */
export function rowKey({ group, row }: Pick<ExpectedRow, 'group' | 'row'>): string {
  return `${group} | ${row}`;
}

/** In what rows that somebody counted differ from those that a script must have, and from what the service counted. */
export function differencesOf(script: ScriptCase, counted: CountedRows, counts: Counts): string[] {
  const expected = new Map(script.rows.map((row) => [rowKey(row), row]));
  const differences = [...counted.keys()].filter((key) => !expected.has(key)).map((key) => `unexpected row ${key}`);
  for (const [key, { requests }] of expected) {
    const seen = counted.get(key) ?? 0;
    if (seen === 0) differences.push(`no row ${key}`);
    else if (requests !== 'counted' && seen !== requests) differences.push(`${key}: ${seen}, not ${requests}`);
  }
  return [...differences, ...differencesByRoute(script, counted, counts)];
}

/** Rows that go to the same routes are one sum, and so are these routes. */
function differencesByRoute({ rows, aside, unseen }: ScriptCase, counted: CountedRows, counts: Counts): string[] {
  const sums = new Map<string, number>();
  for (const row of rows) {
    const routes = row.routes.join(' + ');
    sums.set(routes, (sums.get(routes) ?? 0) + (counted.get(rowKey(row)) ?? 0));
  }
  const ofRoute = new Map(rows.flatMap(({ routes }) => routes.map((route) => [route, routes.join(' + ')])));
  const ofService = new Map<string, number>();
  for (const [route, requests] of totals(counts)) {
    const known = (aside?.[route] ?? 0) + (unseen?.[route] ?? 0);
    const routes = ofRoute.get(route) ?? route;
    ofService.set(routes, (ofService.get(routes) ?? 0) + requests - known);
  }
  return [...new Set([...sums.keys(), ...ofService.keys()])]
    .map((routes) => ({ routes, here: sums.get(routes) ?? 0, there: ofService.get(routes) ?? 0 }))
    .filter(({ here, there }) => here !== there)
    .map(({ routes, here, there }) => `${routes}: ${here} in the rows, ${there} by the service`);
}

/** All that came in, by route. */
function totals({ requests, sockets, calls }: Counts): [route: string, requests: number][] {
  const http = Object.entries(requests).map(([route, statuses]): [string, number] => [
    route,
    Object.values(statuses).reduce((sum, count) => sum + count, 0),
  ]);
  return [...http, ...Object.entries(sockets), ...Object.entries(calls)];
}
