import type { ComparedRow } from './comparison.ts';

/** Whether a row may fail a comparison. */
export function isGated({ family }: Pick<ComparedRow, 'family'>): boolean {
  return family !== 'information';
}
