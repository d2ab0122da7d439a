import { UserError } from './errors.ts';
import { present } from './present.ts';

/** What did not work for one user, before the load. */
export interface FailedTrial {
  /** What failed: `the trial of journey "buy"`, `setup of the test`. */
  readonly failed: string;
  /** The endpoint whose reply was wrong, or that was asked last before an exception. */
  readonly at?: string;
  /** What was wrong: `status 422`, the text of an exception. */
  readonly why: string;
}

/** An event that says so, among those that a script notes. */
export function isFailedTrial(event: unknown): event is { readonly failedTrial: FailedTrial } {
  return typeof event === 'object' && event !== null && 'failedTrial' in event;
}

/** @param scenario the name of its file */
export function trialError(scenario: string, { failed, at, why }: FailedTrial): UserError {
  return new UserError({
    what: `${scenario}: ${failed} failed${at === undefined ? '' : ` at "${at}"`}, so the load was not sent.`,
    received: why,
    expected: 'that everything works for one user, before many do it at once',
    ...present({
      todo: failed.startsWith('the trial')
        ? 'mend the scenario or the service; --no-baseline leaves the trial out'
        : undefined,
    }),
  });
}
