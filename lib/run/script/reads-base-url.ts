import { UserError } from '../../core/spec/errors.ts';
import type { ScriptSources } from './bundle-script.ts';

export const READING_BASE_URL = 'a script that reads its address from __ENV.BASE_URL';

/** @throws UserError for a script that does not look at BASE_URL @param otherwise what would come of it */
export function expectReadsBaseUrl(
  { sources, script }: { readonly sources: Pick<ScriptSources, 'mentionsBaseUrl'>; readonly script: string },
  otherwise: string,
): void {
  if (sources.mentionsBaseUrl) return;
  throw new UserError({
    what: `The script never mentions BASE_URL: ${otherwise}.`,
    received: script,
    expected: READING_BASE_URL,
  });
}
