import type { QuestionMetric, Range } from '../questions/question.ts';

/**
 * Whether a figure keeps to its limit: true where all of its range does, false where none of it does, and undefined
 * where the limit is within the range, so that nobody can tell.
 */
export function whetherHolds(
  { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY, isOpen }: Range,
  operator: QuestionMetric['operator'],
  limit: number,
): boolean | undefined {
  if (operator === '>=') {
    if (low >= limit) return true;
    return high < limit || (isOpen === true && high === limit) ? false : undefined;
  }
  const reaches = operator === '<=';
  if (high < limit || (high === limit && (isOpen || reaches))) return true;
  return low > limit || (low === limit && (isOpen || !reaches)) ? false : undefined;
}
