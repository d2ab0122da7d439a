import type { StoredEndpoint } from '../../../core/measure/measured.ts';
import type { Problem } from '../../../core/spec/document/finding.ts';
import { named } from '../../../core/spec/words.ts';
import type { Evidence } from '../evidence.ts';

/** Looks for one kind of problem; it may find it in several places. */
export type Rule = (evidence: Evidence) => readonly Problem[];

/** `, on /a and /b`: where something was seen, and nothing where the file tells no endpoints apart. */
export function onPaths(endpoints: readonly Pick<StoredEndpoint, 'path'>[], before = ', '): string {
  return endpoints.length === 0 ? '' : `${before}on ${named(endpoints.map(({ path }) => path))}`;
}

export function idsOf(endpoints: readonly Pick<StoredEndpoint, 'id'>[]): string[] {
  return endpoints.map(({ id }) => id);
}
