import { UserError } from '../../core/spec/errors.ts';
import type { FailedTrial } from '../../core/spec/failed-trial.ts';

/** What an exception says, in one line; a mistake in a call of this library has more to say, member by member. */
export function whyOf(
  error: unknown,
  hide: (text: string) => string = (text) => text,
): Pick<FailedTrial, 'why' | 'mistake'> {
  if (!(error instanceof UserError)) return { why: hide(textOf(error)) };
  const { what, ...mistake } = error.mistake;
  return { why: hide(what), mistake };
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
