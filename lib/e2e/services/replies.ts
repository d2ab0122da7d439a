import type { RunSummary } from '../../core/judge/run-summary.ts';
import type { EndpointSummary } from '../../core/measure/measured.ts';
import type { OrdersTruth } from '../../testing/start-orders-api.ts';
import { countOf } from '../tool.ts';

/** Requests by their route, such as `GET /orders/{}`, and by how they ended: `expected`, another status, `no reply`. */
export type Replies = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a run says of the requests to each route; several endpoints may share one. */
export function repliesTold({ endpoints }: Pick<RunSummary, 'endpoints'>): Replies {
  return tally(endpoints.flatMap((endpoint) => endingsOf(endpoint).map((ending) => [routeOf(endpoint), ...ending])));
}

/** What the service says of them. @param expected the statuses that the endpoints of the run expect, by route */
export function repliesSeen(truth: OrdersTruth, { endpoints }: Pick<RunSummary, 'endpoints'>): Replies {
  const isExpected = (route: string, status: string) =>
    endpoints.some((endpoint) => routeOf(endpoint) === route && endpoint.expectedStatuses?.includes(Number(status)));
  return tally(
    Object.entries(truth.routes).flatMap(([key, count]) => {
      const [, asked = key, status = ''] = /^(.*?)(?: op=\S*)? (\S+)$/.exec(key) ?? [];
      if (status === 'message') return [];
      const route = nameless(asked);
      return [[route, isExpected(route, STATUS_OF_SOCKET[status] ?? status) ? 'expected' : status, count] as const];
    }),
  );
}

/** A socket is opened by a GET (RFC 6455 §4.1), and messages are no requests. */
const STATUS_OF_SOCKET: Readonly<Record<string, string>> = { accepted: '101', refused: '403' };

/** A reply of wrong content is one of an expected status: the service knows nothing of contents. */
function endingsOf({ outcomes, causes = [] }: EndpointSummary): (readonly [ending: string, count: number])[] {
  return [
    ['expected', countOf(outcomes, 'ok', 'check_failed')],
    ...causes
      .filter(({ outcome }) => outcome !== 'check_failed')
      .map(({ status, count }) => [String(status ?? 'no reply'), count] as const),
  ];
}

function routeOf({ method, path }: Pick<EndpointSummary, 'method' | 'path'>): string {
  return nameless(`${method} ${path}`);
}

/** The service and its tests may call a parameter differently. What is written out in a path of ours is one as well. */
function nameless(route: string): string {
  return route
    .replace(/^WS /, 'GET ')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/^(GET \/echo\/).*/, '$1{}');
}

function tally(counts: readonly (readonly [route: string, ending: string, count: number])[]): Replies {
  const replies: Record<string, Record<string, number>> = {};
  for (const [route, ending, count] of counts) {
    if (count === 0) continue;
    replies[route] = { ...replies[route], [ending]: (replies[route]?.[ending] ?? 0) + count };
  }
  return replies;
}
