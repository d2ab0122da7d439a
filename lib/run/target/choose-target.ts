import { parseBaseUrl } from '../../core/spec/base-url.ts';
import { readDeclaredTarget } from './declared-target.ts';
import type { ReferenceProfile } from './reference-target.ts';
import type { Target } from './target.ts';

/**
 * What load goes to: what BASE_URL names, else what package.json declares, else the reference backend.
 * @param named what BASE_URL comes from, for messages
 * @throws UserError for an address or a declaration that cannot be meant
 */
export function chooseTarget(
  baseUrl: string | undefined,
  profile: ReferenceProfile,
  projectRoot: string,
  named = 'BASE_URL',
): Target {
  const url = baseUrl?.trim() ?? '';
  if (url !== '') return { kind: 'running', url, address: parseBaseUrl(url, named), named };
  return readDeclaredTarget(projectRoot) ?? { kind: 'reference-backend', profile, args: [] };
}
