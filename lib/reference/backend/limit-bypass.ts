import type { IncomingHttpHeaders } from 'node:http';

/** Ways around a rate limit that services are known to leave open, planted on purpose. */
export const LIMIT_BYPASSES = [
  /** The limiter believes whoever the client says it is. */
  'x-forwarded-for',
  'x-real-ip',
  /** Each connection counts as a client of its own. */
  'connection',
  /** The route also answers to these, and the limiter does not know them. */
  'trailing-slash',
  'double-slash',
  'upper-case',
  'percent-encoding',
  'head',
  'options',
] as const;

export type LimitBypass = (typeof LIMIT_BYPASSES)[number];

/** What a limiter can see of a client. */
export interface ClientTraits {
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** Whom the limiter takes a request to be from. */
export function clientOf({ headers, remoteAddress, remotePort }: ClientTraits, open: ReadonlySet<LimitBypass>): string {
  const believed = (['x-forwarded-for', 'x-real-ip'] as const)
    .filter((header) => open.has(header))
    .map((header) => headers[header])
    .find((value) => value !== undefined);
  if (believed !== undefined) return String(believed);
  return open.has('connection') ? `${remoteAddress}:${remotePort}` : remoteAddress;
}

/** The further ways to an endpoint that its limiter does not know. */
export function unlimitedRoutes(
  { method, path }: { readonly method: string; readonly path: string },
  open: ReadonlySet<LimitBypass>,
): { readonly method: string; readonly url: string }[] {
  const routes: readonly (readonly [LimitBypass, string, string])[] = [
    ['trailing-slash', method, `${path}/`],
    ['double-slash', method, `/${path}`],
    ['upper-case', method, path.toUpperCase()],
    ['head', 'HEAD', path],
    ['options', 'OPTIONS', path],
  ];
  return routes.filter(([bypass]) => open.has(bypass)).map(([, ...route]) => ({ method: route[0], url: route[1] }));
}
