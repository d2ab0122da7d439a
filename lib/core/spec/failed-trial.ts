import { type Mistake, UserError } from './errors.ts';
import { present } from './present.ts';

/** What did not work for one user, before the load. */
export interface FailedTrial {
  /** What failed: `the trial of journey "buy"`, `setup of the test`. */
  readonly failed: string;
  /** The endpoint whose reply was wrong. */
  readonly at?: string;
  /** Of an exception: the endpoint that was answered last before it. */
  readonly after?: string;
  /** What was wrong: `status 422`, the text of an exception. */
  readonly why: string;
  /** Where that is a mistake in the scenario that says more of itself: the rest of it. */
  readonly mistake?: Omit<Mistake, 'what'>;
  /** Why what `setup` made could not be cleared up; absent where it was. */
  readonly notCleared?: string;
}

/** An event that says so, among those that a script notes. */
export function isFailedTrial(event: unknown): event is { readonly failedTrial: FailedTrial } {
  return typeof event === 'object' && event !== null && 'failedTrial' in event;
}

/** @param scenario the name of its file */
export function trialError(scenario: string, trial: FailedTrial): UserError {
  const { failed, why, mistake } = trial;
  const what = `${scenario}: ${failed} failed${placeOf(trial)}, so the load was not sent`;
  const todo = [mistake?.todo ?? todoOf(trial), clearUpOf(trial)].filter((text) => text !== undefined).join('; ');
  if (mistake !== undefined) return new UserError({ ...mistake, what: `${what}: ${why}`, todo });
  return new UserError({
    what: `${what}.`,
    received: why,
    expected: 'that everything works for one user, before many do it at once',
    todo,
  });
}

function placeOf({ at, after }: FailedTrial): string {
  if (at !== undefined) return ` at "${at}"`;
  return after === undefined ? '' : ` after "${after}"`;
}

function todoOf({ failed }: FailedTrial): string {
  return failed.startsWith('the trial')
    ? 'mend the scenario or the service; --no-baseline leaves the trial out'
    : 'mend setup in the scenario, or the service: without it the load cannot begin';
}

function clearUpOf({ notCleared }: FailedTrial): string | undefined {
  return notCleared && `teardown failed as well (${notCleared}), so clear up by hand what setup has made`;
}

/** What k6 ended by before the load, in its words: an exception that the scenario itself could not catch. */
export function lostBeforeLoad(why: string): FailedTrial {
  const todo = 'mend it where k6.log says it was thrown; an async function is to be called with await';
  return present({ failed: 'setup or the trial of the journeys', why, mistake: { todo } });
}
