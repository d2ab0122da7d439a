import { UserError } from '../../core/spec/errors.ts';
import type { AbRequest } from '../../run/ab/ab.ts';
import { scenarioVariables } from '../../run/setting-sources.ts';
import { USUAL_PROFILE } from '../../run/target/reference-target.ts';

/** @throws UserError for options that together make no sense */
export function refuseSenseless(request: AbRequest): void {
  const { sources, backendProfile, abortOnFailAfterSeconds } = request;
  const baseUrl = scenarioVariables(sources).BASE_URL || undefined;
  refuseSides(request);
  if (baseUrl !== undefined && backendProfile !== USUAL_PROFILE) {
    throw new UserError({
      what: '--backend-profile has no meaning beside --base-url: the reference backend is not the target.',
      received: '--backend-profile and BASE_URL (--base-url)',
      expected: 'one of the two',
    });
  }
  if (abortOnFailAfterSeconds !== undefined) {
    throw new UserError({
      what: '--abort-on-fail has no meaning for ab: runs that were cut short cannot be compared.',
      received: '--abort-on-fail',
      expected: 'the option left out',
    });
  }
}

function refuseSides({ head, headRelease, isSelfCheck }: AbRequest): void {
  const hasHead = Object.values(head).some((value) => value !== undefined) || headRelease !== undefined;
  if (isSelfCheck && hasHead) {
    throw new UserError({
      what: '--aa runs base against base: there is no head.',
      received: '--aa with a --head flag',
      expected: 'the flags of base alone',
    });
  }
  if (!isSelfCheck && head.url === undefined && head.command === undefined) {
    throw new UserError({
      what: 'There is nothing to compare base with.',
      received: 'no --head-url',
      expected:
        '--head-url <url> for a service that runs, with --head-start "<command>" for one that is started for each run',
      todo: 'name head, or check the noise of base against itself with --aa',
    });
  }
}
