import { type RateLimit, UserError } from 'k6-verdict';
import { type ServedId, servedEndpoints } from '../endpoints/served.ts';
import type { ConnectionPoolOptions } from './bottleneck.ts';
import { valueFor } from './flag-values.ts';
import { type Flags, readFlags } from './flags.ts';
import type { LimitBypass } from './limit-bypass.ts';
import type { ProfileName } from './profiles/index.ts';
import type { SocketKnobs } from './sockets.ts';

/** How one endpoint behaves, with every flag applied. */
export interface EndpointKnobs {
  /** undefined: unlimited, by declaration or by flag. */
  readonly rateLimit: RateLimit | undefined;
  /** Ways around the limit. */
  readonly limitBypasses: ReadonlySet<LimitBypass>;
  readonly delayMs: number;
  /** Shares are 0 to 1 of the accepted requests. */
  readonly slowShare: number;
  readonly slowDelayMs: number;
  readonly errorShare: number;
  readonly resetShare: number;
  /** The only status it answers. */
  readonly status: number | undefined;
  readonly hangs: boolean;
}

export interface Knobs {
  readonly profile: ProfileName;
  /** Multiplies the profile's own times, such as how long it hangs; not what other flags say. */
  readonly timeScale: number;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** 0: any free port. */
  readonly truthPort: number;
  /** false: every reply closes its connection. */
  readonly keepAlive: boolean;
  /** Requests after which the service goes away. undefined: never. */
  readonly closeAfter: number | undefined;
  /** Requests per second that all endpoints together can be served at. undefined: no limit. */
  readonly capacityPerSecond: number | undefined;
  /** Which every accepted request needs a connection of. undefined: there is none. */
  readonly pool: ConnectionPoolOptions | undefined;
  readonly sockets: SocketKnobs;
  /** For which a token of the shop is good. */
  readonly tokenSeconds: number;
  readonly endpoints: Readonly<Record<ServedId, EndpointKnobs>>;
}

/**
 * Reads the command line of the reference backend.
 * @param args what follows the script's name
 * @throws UserError for a flag or a value that makes no sense
 */
export function parseKnobs(args: readonly string[]): Knobs {
  const flags = readFlags(args);
  return {
    profile: flags.profile,
    timeScale: flags.timeScale,
    host: flags.host,
    port: flags.port,
    truthPort: flags.truthPort,
    // The last replies before the end close their connections, so that the end cuts as few as possible.
    keepAlive: flags.keepAlive && flags.closeAfter === undefined,
    closeAfter: flags.closeAfter,
    capacityPerSecond: flags.capacity,
    pool: poolOf(flags),
    sockets: { cap: flags.socketCap, whenFull: flags.socketsWhenFull },
    tokenSeconds: flags.tokenSeconds,
    endpoints: Object.fromEntries(
      servedEndpoints.map((endpoint) => [endpoint.id, endpointKnobs(endpoint, flags)]),
    ) as Record<ServedId, EndpointKnobs>,
  };
}

function poolOf({
  poolSize: size,
  poolHoldMs: holdMs,
  poolWhenFull: whenFull,
}: Flags): ConnectionPoolOptions | undefined {
  if (size !== undefined) return { size, holdMs, whenFull: whenFull ?? 'wait' };
  if (whenFull === undefined) return undefined;
  throw new UserError({
    what: '--pool-when-full has no meaning without a pool.',
    received: '--pool-when-full alone',
    expected: '--pool-size as well',
  });
}

function endpointKnobs(endpoint: (typeof servedEndpoints)[number], flags: Flags): EndpointKnobs {
  const { id } = endpoint;
  const slowShare = valueFor(flags.slowShare, id) ?? 0;
  const errorShare = valueFor(flags.errorShare, id) ?? 0;
  const resetShare = valueFor(flags.resetShare, id) ?? 0;
  const slowDelayMs = valueFor(flags.slowDelayMs, id);
  if (slowShare > 0 && slowDelayMs === undefined) {
    throw new UserError({
      what: `--slow-share does not say how slow "${id}" is to be.`,
      received: '--slow-share without --slow-delay-ms',
      expected: 'both, such as --slow-share 0.1 --slow-delay-ms 200',
    });
  }
  if (slowShare + errorShare + resetShare > 1) {
    throw new UserError({
      what: `The shares of slow replies, errors and resets of "${id}" exceed all its requests.`,
      received: `${slowShare} + ${errorShare} + ${resetShare}`,
      expected: 'a sum of at most 1, because each request meets at most one of them',
    });
  }
  const rateLimit = flags.rateLimits ? rateLimitOf(endpoint, flags) : undefined;
  return {
    rateLimit,
    limitBypasses: rateLimit === undefined ? new Set() : (flags.limitBypass ?? new Set()),
    delayMs: valueFor(flags.delayMs, id) ?? 0,
    slowShare,
    slowDelayMs: slowDelayMs ?? 0,
    errorShare,
    resetShare,
    status: valueFor(flags.status, id),
    hangs: flags.hang?.has(id) ?? false,
  };
}

function rateLimitOf({ id, ...endpoint }: (typeof servedEndpoints)[number], flags: Flags): RateLimit | undefined {
  if (!('rateLimit' in endpoint) || endpoint.rateLimit === undefined) return undefined;
  const { rateLimit } = endpoint;
  return {
    ...rateLimit,
    requests: Math.max(1, Math.round(rateLimit.requests * (valueFor(flags.limitScale, id) ?? 1))),
    windowSeconds: valueFor(flags.rateLimitWindowSeconds, id) ?? rateLimit.windowSeconds,
    algorithm: valueFor(flags.limitAlgorithm, id) ?? rateLimit.algorithm,
  };
}
