import { parseBaseUrl, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';
import { present } from '../../core/spec/present.ts';
import type { CommandTarget } from '../target/command-target.ts';
import { READY_TIMEOUT_SECONDS } from '../target/declared-target.ts';
import type { RunningTarget } from '../target/running-target.ts';
import type { Target } from '../target/target.ts';

/** What the command line says of one side of a comparison. */
export interface AbSide {
  /** `base` or `head`: names its flags. */
  readonly side: 'base' | 'head';
  readonly url?: string;
  readonly command?: string;
  /** The checkout that the command runs in. */
  readonly folder?: string;
}

/**
 * The target of one side.
 * @param usual that of a `run`, which base is unless its flags say otherwise
 * @throws UserError for a side that cannot be started
 */
export function targetOf({ side, url: ownUrl, command, folder }: AbSide, usual: Target): Target {
  // --base-url is a flag of every command that sends load, and so part of the usual target.
  const url = ownUrl ?? (side === 'base' && command !== undefined ? urlOf(usual) : undefined);
  if (folder !== undefined && command === undefined) {
    throw new UserError({
      what: `--${side}-dir has no meaning without --${side}-start.`,
      received: `--${side}-dir alone`,
      expected: `--${side}-start "<command>" as well: what starts the service in that folder`,
    });
  }
  if (command !== undefined && url === undefined) {
    throw new UserError({
      what: `--${side}-start needs an address.`,
      received: `--${side}-start alone`,
      expected: `--${side}-url as well: where the started service answers`,
    });
  }
  if (url === undefined) return madeAnew(usual);
  const named = `--${side}-url`;
  const running: RunningTarget = { kind: 'running', url, address: parseBaseUrl(url, named), named };
  return command === undefined ? running : startedBy(command, side, folder, running);
}

function startedBy(
  command: string,
  side: AbSide['side'],
  folder: string | undefined,
  where: RunningTarget,
): CommandTarget {
  return {
    ...where,
    kind: 'command',
    command,
    commandNamed: `--${side}-start`,
    reusesRunning: false,
    readyTimeoutSeconds: READY_TIMEOUT_SECONDS,
    ...present({ folder }),
  };
}

function urlOf(target: Target): string | undefined {
  return target.kind === 'reference-backend' ? undefined : target.url;
}

/** Each run meets a service that was started for it: one that runs already would remember the runs before. */
function madeAnew(target: Target): Target {
  return target.kind === 'command' ? { ...target, reusesRunning: false } : target;
}

/** One spelling for each address: without a slash at its end, the port of its protocol, capitals. */
function spelt({ address: { href, credentials = '' } }: RunningTarget | CommandTarget): string {
  return `${new URL(href).href} ${credentials}`;
}

/** @throws UserError for two sides that are one and the same service */
export function expectDifferent(base: Target, head: Target): void {
  if (base.kind === 'reference-backend' || head.kind === 'reference-backend') return;
  if (spelt(base) !== spelt(head) || (base.kind === 'command' && head.kind === 'command')) return;
  throw new UserError({
    what: 'Base and head are the same service.',
    received: `${placeOf(base.address)} twice`,
    expected: 'two addresses, or a command for each side that starts its own service there',
    todo: 'check the noise of one service against itself with --aa',
  });
}
