import encoding from 'k6/encoding';
import type { Endpoint } from '../core/endpoint.ts';

/**
 * The headers of every request to an endpoint: its own, and the credentials of BASE_URL. What an endpoint sends itself
 * wins over those. Undefined where there are none.
 */
export function headersOf(
  { headers }: Pick<Endpoint, 'headers'>,
  credentials: string | undefined,
): Record<string, string> | undefined {
  const isAuthorized = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
  if (credentials === undefined || isAuthorized) return headers && { ...headers };
  // RFC 7617 wants a colon, even where there is no password.
  const pair = credentials.includes(':') ? credentials : `${credentials}:`;
  return { ...headers, Authorization: `Basic ${encoding.b64encode(pair)}` };
}
