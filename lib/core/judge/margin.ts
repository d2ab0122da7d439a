import type { StoredThreshold } from './threshold.ts';

/**
 * How far a figure is from its limit, as a share of what the limit allows: positive on the good side, negative beyond.
 * A share that must be reached allows its errors: of 99 %, 1 % may fail, and a run without a failure has all of it left.
 * Of a figure that holds and is known to lie between two values, the one that is nearer to the limit counts.
 *
 * Undefined where there is no number, for equalities, for a limit that allows nothing, and for counts: their limits are
 * least or most numbers, not measures.
 */
export function marginOf(
  threshold: Pick<StoredThreshold, 'actual' | 'between' | 'limit' | 'operator' | 'unit' | 'verdict'>,
): number | undefined {
  const { limit, operator, unit } = threshold;
  if (unit === 'count' || operator === '==' || operator === '!=') return undefined;
  const value = decidingValue(threshold);
  if (value === undefined) return undefined;
  const isLeast = operator === '>=' || operator === '>';
  if (isLeast && unit === 'share') return limit >= 1 ? undefined : 1 - (1 - value) / (1 - limit);
  if (limit === 0) return undefined;
  return isLeast ? value / limit - 1 : 1 - value / limit;
}

/** Where it holds, the end of its range that is nearest to the limit; beyond it, what was seen. */
function decidingValue({
  actual,
  between,
  operator,
  verdict,
}: Pick<StoredThreshold, 'actual' | 'between' | 'operator' | 'verdict'>): number | undefined {
  if (between === undefined || verdict !== 'pass') return actual;
  return operator === '<' || operator === '<=' ? between.high : between.low;
}
