import { REQUESTS } from '../k6-metrics.ts';
import type { Outcome } from '../outcome.ts';
import type { Watches } from './course.ts';
import { USERS } from './over-time.ts';
import { partOfScript } from './part-of-script.ts';
import type { StartLine, Tags } from './record-format.ts';
import type { SeriesFacts } from './recorded-series.ts';
import { outcomeOfCell } from './request-cells.ts';

/** Metrics of which k6 has one sample for each request, call or socket. */
const CALLS = 'grpc_req_duration';
const SOCKETS = 'ws_connecting';
const PAGES = 'browser_http_req_duration';
const ASKING: readonly string[] = [REQUESTS, CALLS, SOCKETS, PAGES];

/** How the recorder names what a browser takes from no host. */
const OF_NO_HOST = /^(\w+ )?(data|blob|about|javascript|file):$/;

const GRPC_OK = '0';
const SWITCHING_PROTOCOLS = '101';

/** Rows for which the recorder had no room: their requests are told together. */
const FOLDED = 'other requests';

/** What k6 gives neither a name nor a URL, such as a health check by gRPC. */
export const WITHOUT_NAME = 'requests without a name';

/** Where the requests of a script are told together: those of one name or route in one group. */
export interface ScriptRow {
  readonly id: string;
  readonly name: string;
  /** Within each other. */
  readonly groups: readonly string[];
}

export function rowOfRequest({ row, more, group = '' }: Tags): ScriptRow {
  const groups = group.split('::').filter((part) => part !== '');
  const name = more === 'true' ? FOLDED : (row ?? WITHOUT_NAME);
  return { id: [...groups, name].join(' / '), name, groups };
}

/**
 * Tells the HTTP requests, gRPC calls, WebSockets and requests of a browser of the load of a script. k6 has `setup()` and `teardown()` in its own
 * figures, and nobody means them by the load.
 */
export function asksInLoad(options: StartLine['options']): (series: Pick<SeriesFacts, 'metric' | 'tags'>) => boolean {
  const partOf = partOfScript(options);
  return ({ metric, tags }) =>
    ASKING.includes(metric) && partOf(tags) === 'load' && !(metric === PAGES && OF_NO_HOST.test(tags.row ?? ''));
}

/** As k6 found it, or by k6's own rule where the script has taken away what says so. */
export function isOkRequest({
  metric,
  tags: { expected_response: expected, status },
}: Pick<SeriesFacts, 'metric' | 'tags'>): boolean {
  if (metric === CALLS) return status === GRPC_OK;
  if (metric === SOCKETS) return status === SWITCHING_PROTOCOLS;
  if (expected !== undefined) return expected === 'true';
  return Number(status) >= 200 && Number(status) < 400;
}

export function outcomeOfRequest(series: Pick<SeriesFacts, 'metric' | 'tags'>): Outcome {
  const { metric, tags } = series;
  if (isOkRequest(series)) return 'ok';
  if (metric === PAGES) return hasStatus(tags) ? outcomeOfCell(tags) : 'unknown';
  if (metric !== REQUESTS) return tags.status === undefined ? 'unknown' : 'unexpected_status';
  const isTold = [tags.expected_response, tags.status, tags.error_code].some((tag) => tag !== undefined);
  return isTold ? outcomeOfCell(tags) : 'unknown';
}

/** k6 has status 0 for a request of a browser of whose reply it did not hear. */
function hasStatus({ status = '0' }: Tags): boolean {
  return status !== '0';
}

/** What of the record of a script is kept over time. */
export function watchesOfScript({ options }: Pick<StartLine, 'options'>): Watches {
  return {
    requests: {
      matches: asksInLoad(options),
      cellOf: outcomeOfRequest,
      rowOf: ({ tags }) => rowOfRequest(tags).id,
      keepsHistogram: isOkRequest,
    },
    users: USERS,
  };
}
