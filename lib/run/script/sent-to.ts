import { type BaseUrl, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';
import type { Target } from '../target/target.ts';
import type { PreparedScript } from './prepare-script.ts';
import { expectReadsBaseUrl, READING_BASE_URL } from './reads-base-url.ts';
import { isOff, readArguments } from './script-arguments.ts';

/**
 * Two sides are told apart by BASE_URL alone: a script that goes elsewhere would be compared with itself.
 * @throws UserError for a side without an address, and for what keeps BASE_URL from the script
 */
export function expectFollowsBaseUrl(script: PreparedScript, targets: readonly Target[]): void {
  if (targets.some(({ kind }) => kind === 'reference-backend')) {
    throw new UserError({
      what: 'A script has no reference backend: each side of the comparison needs an address.',
      received: `--scenario ${script.script} without the address of base`,
      expected:
        '--base-url <url> for a service that runs, with --base-start "<command>" for one that is started for each run',
    });
  }
  expectReadsBaseUrl(script, 'base and head would be the same service');
  const hindrance = readArguments(script.k6Arguments).find(
    ({ option, value }) =>
      (option === 'env' && value?.startsWith('BASE_URL=') === true) || option === 'include-system-env-vars',
  );
  const isHidden = isOff(script.environment.K6_INCLUDE_SYSTEM_ENV_VARS);
  if (hindrance === undefined && !isHidden) return;
  throw new UserError({
    what: 'Each side of the comparison has a BASE_URL of its own, which the script would not see.',
    received: hindrance === undefined ? 'K6_INCLUDE_SYSTEM_ENV_VARS' : `${hindrance.written} for k6`,
    expected: '--base-url and --head-url alone',
    todo: 'leave it out',
  });
}

/**
 * Load that went elsewhere shows nothing of a side.
 * @param hosts that were met: those of URLs, and addresses of requests that have a name
 * @throws UserError where the side is not among them
 */
export function expectSentTo({ host, port }: BaseUrl, hosts: readonly string[], side: string): void {
  const place = placeOf({ host, port });
  // What an address is called nobody knows afterwards: its port is all that can be held against it.
  const isMet = hosts.some((met) => met === place || met === host || (isAddress(met) && met.endsWith(`:${port}`)));
  if (isMet || hosts.length === 0) return;
  throw new UserError({
    what: `The load of ${side} did not go to its address: nothing was compared.`,
    received: `requests to ${hosts.slice(0, 5).join(', ')}, BASE_URL with ${place}`,
    expected: READING_BASE_URL,
  });
}

function isAddress(met: string): boolean {
  return /^(\d+\.){3}\d+:\d+$|^\[/.test(met);
}
