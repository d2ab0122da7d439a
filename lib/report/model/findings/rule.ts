import type { StoredEndpoint } from '../../../core/measure/measured.ts';
import type { Problem } from '../../../core/spec/document/finding.ts';
import type { Evidence } from '../evidence.ts';

/** Looks for one kind of problem; it may find it in several places. */
export type Rule = (evidence: Evidence) => readonly Problem[];

export function idsOf(endpoints: readonly Pick<StoredEndpoint, 'id'>[]): string[] {
  return endpoints.map(({ id }) => id);
}
