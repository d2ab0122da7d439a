import type { StudyDefinition } from './study-definition.ts';

/** How does it behave one user at a time? For a plan of one user. */
export function sequential(): StudyDefinition {
  return { begin: () => ({ plan: { kind: 'sequential' } }) };
}
