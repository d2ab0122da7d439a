import encoding from 'k6/encoding';
import type { Endpoint } from '../core/spec/endpoint.ts';

/**
 * The headers of every request to an endpoint: its own, the type of its content, and the credentials of BASE_URL. What
 * an endpoint sends itself wins over those. Undefined where there are none.
 */
export function headersOf(
  { headers }: Pick<Endpoint, 'headers'>,
  credentials: string | undefined,
  contentType?: string,
): Record<string, string> | undefined {
  const says = (header: string) => Object.keys(headers ?? {}).some((name) => name.toLowerCase() === header);
  const added: Record<string, string> = {};
  if (contentType !== undefined && !says('content-type')) added['Content-Type'] = contentType;
  if (credentials !== undefined && !says('authorization')) added.Authorization = basic(credentials);
  return headers === undefined && Object.keys(added).length === 0 ? undefined : { ...headers, ...added };
}

/** RFC 7617 wants a colon, even where there is no password. */
function basic(credentials: string): string {
  const pair = credentials.includes(':') ? credentials : `${credentials}:`;
  return `Basic ${encoding.b64encode(pair)}`;
}
