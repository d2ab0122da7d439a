import { Command, type CommanderError } from 'commander';
import type { RateLimit } from 'k6-verdict';
import { UserError } from 'k6-verdict';
import { type EndpointId, endpoints } from '../endpoints/index.ts';
import type { ConnectionPoolOptions } from './bottleneck.ts';
import { collectIds, isWhole, numberIn, option, type PerEndpoint, perEndpoint, valueFor } from './flag-values.ts';
import { LIMIT_BYPASSES, type LimitBypass } from './limit-bypass.ts';
import { type ProfileName, profileNames } from './profiles/index.ts';
import { type SocketKnobs, WHEN_FULL } from './sockets.ts';
import { TRUTH_PATH } from './truth.ts';

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
  readonly endpoints: Readonly<Record<EndpointId, EndpointKnobs>>;
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
    endpoints: Object.fromEntries(endpoints.map((endpoint) => [endpoint.id, endpointKnobs(endpoint, flags)])) as Record<
      EndpointId,
      EndpointKnobs
    >,
  };
}

interface Flags {
  readonly profile: ProfileName;
  readonly timeScale: number;
  readonly host: string;
  readonly port: number;
  readonly truthPort: number;
  readonly rateLimits: boolean;
  readonly keepAlive: boolean;
  readonly rateLimitWindowSeconds?: PerEndpoint<number>;
  readonly limitScale?: PerEndpoint<number>;
  readonly limitBypass?: ReadonlySet<LimitBypass>;
  readonly limitAlgorithm?: PerEndpoint<RateLimit['algorithm']>;
  readonly delayMs?: PerEndpoint<number>;
  readonly slowShare?: PerEndpoint<number>;
  readonly slowDelayMs?: PerEndpoint<number>;
  readonly errorShare?: PerEndpoint<number>;
  readonly resetShare?: PerEndpoint<number>;
  readonly status?: PerEndpoint<number>;
  readonly hang?: ReadonlySet<EndpointId>;
  readonly closeAfter?: number;
  readonly capacity?: number;
  readonly poolSize?: number;
  readonly poolHoldMs: number;
  readonly poolWhenFull?: ConnectionPoolOptions['whenFull'];
  readonly socketCap?: number;
  readonly socketsWhenFull: SocketKnobs['whenFull'];
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
    received: `--pool-when-full ${whenFull} alone`,
    expected: '--pool-size as well',
  });
}

function endpointKnobs(endpoint: (typeof endpoints)[number], flags: Flags): EndpointKnobs {
  const { id } = endpoint;
  const slowShare = valueFor(flags.slowShare, id) ?? 0;
  const errorShare = valueFor(flags.errorShare, id) ?? 0;
  const resetShare = valueFor(flags.resetShare, id) ?? 0;
  const slowDelayMs = valueFor(flags.slowDelayMs, id);
  if (slowShare > 0 && slowDelayMs === undefined) {
    throw new UserError({
      what: `--slow-share does not say how slow "${id}" is to be.`,
      received: `--slow-share ${slowShare} without --slow-delay-ms`,
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

function rateLimitOf({ id, ...endpoint }: (typeof endpoints)[number], flags: Flags): RateLimit | undefined {
  if (!('rateLimit' in endpoint) || endpoint.rateLimit === undefined) return undefined;
  const { rateLimit } = endpoint;
  return {
    ...rateLimit,
    requests: Math.max(1, Math.round(rateLimit.requests * (valueFor(flags.limitScale, id) ?? 1))),
    windowSeconds: valueFor(flags.rateLimitWindowSeconds, id) ?? rateLimit.windowSeconds,
    algorithm: valueFor(flags.limitAlgorithm, id) ?? rateLimit.algorithm,
  };
}

function readFlags(args: readonly string[]): Flags {
  const milliseconds = numberIn('milliseconds, 0 or more', (value) => value <= 3_600_000);
  const share = numberIn('a share between 0 and 1', (value) => value <= 1);
  const aboveZero = numberIn('a number above 0', (value) => value > 0);
  const factor = numberIn('a factor above 0, at most 100', (value) => value > 0 && value <= 100);
  const port = numberIn('a port between 0 and 65535 (0: any free port)', isWhole(0, 65_535));
  const httpStatus = numberIn('an HTTP status between 200 and 599', isWhole(200, 599));
  const requests = numberIn('a whole number of requests above 0', isWhole(1, Number.MAX_SAFE_INTEGER));

  const command = new Command('backend')
    .description('The reference backend: the service of LOAD-CONCURRENT-001, with knobs to make it misbehave.')
    .addOption(
      option('--profile <name>', `how the service behaves: ${profileNames.join(' or ')}`, readProfile).default(
        'healthy',
      ),
    )
    .addOption(
      option('--time-scale <factor>', "multiplies the profile's own times; 0.01: a hundredth", factor).default(1),
    )
    .addOption(option('--host <address>', 'the address to listen on').default('127.0.0.1'))
    .addOption(option('--port <number>', 'the port of the service; 0: any free one', port).default(54_112))
    .addOption(option('--truth-port <number>', `the port of ${TRUTH_PATH} alone; 0: any free one`, port).default(0))
    .addOption(option('--no-rate-limits', 'accept every request'))
    .addOption(
      option('--no-keep-alive', 'every reply closes its connection, so that no client re-sends what was reset'),
    )
    .addOption(
      perEndpoint('--rate-limit-window-seconds <[id=]seconds>', 'replaces the declared window of limits', aboveZero),
    )
    .addOption(perEndpoint('--limit-scale <[id=]factor>', 'multiplies the declared number of requests', aboveZero))
    .addOption(
      option(
        '--limit-bypass <way>',
        `leaves a way around the limits open: ${LIMIT_BYPASSES.join(', ')}`,
        collectBypasses,
      ),
    )
    .addOption(
      perEndpoint(
        '--limit-algorithm <[id=]name>',
        'enforces limits by sliding-window or fixed-window, whatever is declared',
        readAlgorithm,
      ),
    )
    .addOption(perEndpoint('--delay-ms <[id=]ms>', 'answers accepted requests so much later', milliseconds))
    .addOption(perEndpoint('--slow-share <[id=]share>', 'this share of accepted requests is slow', share))
    .addOption(
      perEndpoint('--slow-delay-ms <[id=]ms>', 'the delay of the slow ones, instead of --delay-ms', milliseconds),
    )
    .addOption(perEndpoint('--error-share <[id=]share>', 'this share of accepted requests gets a 500', share))
    .addOption(
      perEndpoint('--reset-share <[id=]share>', 'this share of accepted requests has its connection reset', share),
    )
    .addOption(perEndpoint('--status <[id=]status>', 'answers nothing but this status', httpStatus))
    .addOption(option('--hang <id>', 'never answers', collectIds))
    .addOption(
      option(
        '--capacity <per second>',
        'serves so many requests a second, one after another; the others queue',
        aboveZero,
      ),
    )
    .addOption(option('--pool-size <connections>', 'every accepted request holds one of so many connections', requests))
    .addOption(option('--pool-hold-ms <ms>', 'how long each holds it', milliseconds).default(100))
    .addOption(option('--pool-when-full <what>', 'whether the others wait, or fail with a 503', readWhenFull))
    .addOption(option('--socket-cap <sockets>', 'so many WebSockets at a time', requests))
    .addOption(
      option(
        '--sockets-when-full <what>',
        `what becomes of the others: ${WHEN_FULL.join(', ')}`,
        readSocketsWhenFull,
      ).default('refuse'),
    )
    .addOption(option('--close-after <requests>', 'answers so many requests, then refuses connections', requests))
    .addHelpText(
      'after',
      '\nFlags with [id=] take a value for all endpoints or, repeated, for single ones: --delay-ms 20 --delay-ms agents=50',
    )
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0);
      throw asUserError(error, args);
    });
  return command.parse(args, { from: 'user' }).opts<Flags>();
}

function readProfile(text: string, flag: string): ProfileName {
  const profile = profileNames.find((name) => name === text);
  if (profile !== undefined) return profile;
  throw new UserError({
    what: `${flag} names a profile that does not exist.`,
    received: JSON.stringify(text),
    expected: `one of ${profileNames.join(', ')}`,
  });
}

function readWhenFull(text: string, flag: string): ConnectionPoolOptions['whenFull'] {
  if (text === 'wait' || text === 'fail') return text;
  throw new UserError({
    what: `${flag} names something that a pool cannot do.`,
    received: JSON.stringify(text),
    expected: 'wait or fail',
  });
}

function readSocketsWhenFull(text: string, flag: string): SocketKnobs['whenFull'] {
  const known = WHEN_FULL.find((name) => name === text);
  if (known !== undefined) return known;
  throw new UserError({
    what: `${flag} names something that cannot become of a socket.`,
    received: JSON.stringify(text),
    expected: `one of ${WHEN_FULL.join(', ')}`,
  });
}

function collectBypasses(
  text: string,
  flag: string,
  earlier: ReadonlySet<LimitBypass> = new Set(),
): ReadonlySet<LimitBypass> {
  const bypass = LIMIT_BYPASSES.find((name) => name === text);
  if (bypass !== undefined) return new Set([...earlier, bypass]);
  throw new UserError({
    what: `${flag} names a way that does not exist.`,
    received: JSON.stringify(text),
    expected: `one of ${LIMIT_BYPASSES.join(', ')}`,
  });
}

function readAlgorithm(text: string, flag: string): RateLimit['algorithm'] {
  if (text === 'sliding-window' || text === 'fixed-window') return text;
  throw new UserError({
    what: `${flag} names an algorithm that does not exist.`,
    received: JSON.stringify(text),
    expected: 'sliding-window or fixed-window',
  });
}

function asUserError(error: CommanderError, args: readonly string[]): UserError {
  return new UserError({
    what: `The command line is wrong: ${error.message.replace(/^error: |\.$/g, '')}.`,
    received: args.join(' '),
    expected: 'the flags that --help lists',
  });
}
