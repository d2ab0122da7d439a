import { UserError } from '../../core/spec/errors.ts';
import { reworded } from './reworded.ts';

/**
 * An exception with the place where it was, and without what its user was told: it may repeat that. A mistake in a call
 * names its endpoint itself, which was not asked. The tool knows such exceptions by their first words
 * (exceptions-in-log.ts).
 */
export function saysWhere(
  error: unknown,
  { name }: { readonly name: string },
  user: { readonly lastStep: string | undefined; readonly hideOwn: (text: string) => string },
): Error {
  const { lastStep } = user;
  const isMistake = error instanceof UserError;
  const place = `journey "${name}"${lastStep === undefined || isMistake ? '' : `, after "${lastStep}"`}`;
  return reworded(error, (message) => `${place}: ${user.hideOwn(message)}`);
}
