import { formatCount, formatGibibytes } from './units.ts';

/** k6 itself with its users, before the first sample. */
const BASE_BYTES = 150 * 1024 ** 2;
/** A k6 without the recorder keeps every sample of every trend. */
const K6_BYTES_PER_REQUEST = 190;
/** The target, the tool and the system need some as well. */
const MOST_OF_MEMORY = 1 / 2;

/** What a k6 without the recorder is likely to need in memory for so many requests. */
export function expectedMemoryBytes(requests: number): number {
  return BASE_BYTES + requests * K6_BYTES_PER_REQUEST;
}

/** One line for whoever starts a run with such a k6, where it may not fit. */
export function describeMemory(requests: number, memoryBytes: number): string | undefined {
  const needed = expectedMemoryBytes(requests);
  if (needed < memoryBytes * MOST_OF_MEMORY) return undefined;
  return `Memory: about ${formatCount(requests)} requests are expected, for which this k6 needs about ${formatGibibytes(needed)} of ${formatGibibytes(memoryBytes)}, since it keeps every sample. This may not fit: a k6 with the recorder, as k6-verdict builds it, keeps none.`;
}
