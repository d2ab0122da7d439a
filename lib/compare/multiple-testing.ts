/** Adjusts p-values so that a family of tests has one false alarm in `1/α` at most (Holm 1979). Keeps their order. */
export function holm(pValues: readonly number[]): number[] {
  let largest = 0;
  return adjust(pValues, rising(pValues), (p, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p));
    return largest;
  });
}

/** Adjusts p-values so that of what is called found at most the share α is false (Benjamini-Hochberg 1995). */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  let smallest = 1;
  return adjust(pValues, rising(pValues).reverse(), (p, i) => {
    smallest = Math.min(smallest, (pValues.length * p) / (pValues.length - i));
    return smallest;
  });
}

function rising(pValues: readonly number[]): number[] {
  return pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
}

function adjust(
  pValues: readonly number[],
  order: readonly number[],
  adjusted: (p: number, rank: number) => number,
): number[] {
  const result = [...pValues];
  order.forEach((index, rank) => {
    result[index] = adjusted(pValues[index] ?? 1, rank);
  });
  return result;
}
