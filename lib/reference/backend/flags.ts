import { Command, type CommanderError } from 'commander';
import { type RateLimit, UserError } from 'k6-verdict';
import type { ConnectionPoolOptions } from './bottleneck.ts';
import { type Flag, flag, switchOff } from './flag.ts';
import { endpointId, isWhole, numberIn, oneOf, perEndpoint, several } from './flag-values.ts';
import { LIMIT_BYPASSES } from './limit-bypass.ts';
import { profileNames } from './profiles/index.ts';
import { WHEN_FULL } from './sockets.ts';
import { TRUTH_PATH } from './truth.ts';

const milliseconds = numberIn('milliseconds, 0 or more', (value) => value <= 3_600_000);
const share = numberIn('a share between 0 and 1', (value) => value <= 1);
const aboveZero = numberIn('a number above 0', (value) => value > 0);
const factor = numberIn('a factor above 0, at most 100', (value) => value > 0 && value <= 100);
const port = numberIn('a port between 0 and 65535 (0: any free port)', isWhole(0, 65_535));
const httpStatus = numberIn('an HTTP status between 200 and 599', isWhole(200, 599));
const requests = numberIn('a whole number of requests above 0', isWhole(1, Number.MAX_SAFE_INTEGER));
const address = (text: string) => text;
const profile = oneOf(profileNames, 'a profile that does not exist');
const bypass = oneOf(LIMIT_BYPASSES, 'a way that does not exist');
const algorithm = oneOf<RateLimit['algorithm']>(['sliding-window', 'fixed-window'], 'an algorithm that does not exist');
const poolWhenFull = oneOf<ConnectionPoolOptions['whenFull']>(['wait', 'fail'], 'something that a pool cannot do');
const socketsWhenFull = oneOf(WHEN_FULL, 'something that cannot become of a socket');

/** Every flag, in the order of the help text. */
const FLAGS = {
  profile: flag('--profile <name>', `how the service behaves: ${profileNames.join(' or ')}`, profile, 'healthy'),
  timeScale: flag('--time-scale <factor>', "multiplies the profile's own times; 0.01: a hundredth", factor, 1),
  host: flag('--host <address>', 'the address to listen on', address, '127.0.0.1'),
  port: flag('--port <number>', 'the port of the service; 0: any free one', port, 54_112),
  truthPort: flag('--truth-port <number>', `the port of ${TRUTH_PATH} alone; 0: any free one`, port, 0),
  rateLimits: switchOff('--no-rate-limits', 'accept every request'),
  keepAlive: switchOff(
    '--no-keep-alive',
    'every reply closes its connection, so that no client re-sends what was reset',
  ),
  rateLimitWindowSeconds: flag(
    '--rate-limit-window-seconds <[id=]seconds>',
    'replaces the declared window of limits',
    perEndpoint(aboveZero),
  ),
  limitScale: flag('--limit-scale <[id=]factor>', 'multiplies the declared number of requests', perEndpoint(aboveZero)),
  limitBypass: flag(
    '--limit-bypass <way>',
    `leaves a way around the limits open: ${LIMIT_BYPASSES.join(', ')}`,
    several(bypass),
  ),
  limitAlgorithm: flag(
    '--limit-algorithm <[id=]name>',
    'enforces limits by sliding-window or fixed-window, whatever is declared',
    perEndpoint(algorithm),
  ),
  delayMs: flag('--delay-ms <[id=]ms>', 'answers accepted requests so much later', perEndpoint(milliseconds)),
  slowShare: flag('--slow-share <[id=]share>', 'this share of accepted requests is slow', perEndpoint(share)),
  slowDelayMs: flag(
    '--slow-delay-ms <[id=]ms>',
    'the delay of the slow ones, instead of --delay-ms',
    perEndpoint(milliseconds),
  ),
  errorShare: flag('--error-share <[id=]share>', 'this share of accepted requests gets a 500', perEndpoint(share)),
  resetShare: flag(
    '--reset-share <[id=]share>',
    'this share of accepted requests has its connection reset',
    perEndpoint(share),
  ),
  status: flag('--status <[id=]status>', 'answers nothing but this status', perEndpoint(httpStatus)),
  hang: flag('--hang <id>', 'never answers', several(endpointId)),
  capacity: flag(
    '--capacity <per second>',
    'serves so many requests a second, one after another; the others queue',
    aboveZero,
  ),
  poolSize: flag('--pool-size <connections>', 'every accepted request holds one of so many connections', requests),
  poolHoldMs: flag('--pool-hold-ms <ms>', 'how long each holds it', milliseconds, 100),
  poolWhenFull: flag('--pool-when-full <what>', 'whether the others wait, or fail with a 503', poolWhenFull),
  socketCap: flag('--socket-cap <sockets>', 'so many WebSockets at a time', requests),
  socketsWhenFull: flag(
    '--sockets-when-full <what>',
    `what becomes of the others: ${WHEN_FULL.join(', ')}`,
    socketsWhenFull,
    'refuse',
  ),
  tokenSeconds: flag('--token-seconds <seconds>', 'for which a token of the shop is good', aboveZero, 60),
  closeAfter: flag('--close-after <requests>', 'answers so many requests, then refuses connections', requests),
};

/** Undefined is what was not given and has no default. */
export type Flags = { readonly [Name in keyof typeof FLAGS]: ReturnType<(typeof FLAGS)[Name]['valueIn']> };

/** @throws UserError for a flag or a value that makes no sense */
export function readFlags(args: readonly string[]): Flags {
  const named: [string, Flag<unknown>][] = Object.entries(FLAGS);
  const command = new Command('backend')
    .description('The reference backend: the service of LOAD-CONCURRENT-001, with knobs to make it misbehave.')
    .addHelpText(
      'after',
      '\nFlags with [id=] take a value for all endpoints or, repeated, for single ones: --delay-ms 20 --delay-ms agents=50',
    )
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => {} })
    .exitOverride((error) => {
      if (error.exitCode === 0) process.exit(0);
      throw asUserError(error);
    });
  for (const [, { option }] of named) command.addOption(option);
  command.parse(args, { from: 'user' });
  return Object.fromEntries(named.map(([name, { valueIn }]) => [name, valueIn(command)])) as Flags;
}

function asUserError(error: CommanderError): UserError {
  return new UserError({
    what: `The command line is wrong: ${withoutValues(error.message)}.`,
    expected: 'the flags that --help lists',
  });
}

/** A value can be a secret in the wrong place. */
function withoutValues(message: string): string {
  return message
    .replace(/^error: |\.$/g, '')
    .replace(/ argument '.*' is invalid/su, ' has a value that is none')
    .replace(/'(--?[\w-]+)=.*?'/su, '$1');
}
