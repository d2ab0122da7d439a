import type { ComparedRow } from './comparison.ts';

/** Whether a row may fail a comparison. */
export function isGated({ family }: Pick<ComparedRow, 'family'>): boolean {
  return family !== 'information';
}

/** What every run of base had and some run of head did not has not been compared, and is no pass. */
export function isLostInHead({ state, baseValues, headValues }: ComparedRow): boolean {
  const isWhole = (values: readonly (number | null)[]) => values.every((value) => value !== null);
  return state === 'incomparable' && isWhole(baseValues) && !isWhole(headValues);
}
