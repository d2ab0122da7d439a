import { formatCount, formatGibibytes } from './units.ts';

/** k6 itself with its users, before the first sample. */
const BASE_BYTES = 150 * 1024 ** 2;
/** k6 keeps every sample of every trend. */
const K6_BYTES_PER_REQUEST = 190;
/** k6's dashboard, which records the run over time, keeps the samples of its 8 trends twice, and copies them to grow. */
export const RECORD_BYTES_PER_REQUEST = 500;
/** The target, the tool and the system need some as well. */
const MOST_OF_MEMORY = 1 / 2;

/** What k6 is likely to need in memory for so many requests. */
export function expectedMemoryBytes(requests: number): number {
  return BASE_BYTES + requests * (K6_BYTES_PER_REQUEST + RECORD_BYTES_PER_REQUEST);
}

/** One line for whoever starts a run: always for a long one (`isLong`), else where it may not fit. */
export function describeMemory(requests: number, memoryBytes: number, isLong: boolean): string | undefined {
  const needed = expectedMemoryBytes(requests);
  const fits = needed < memoryBytes * MOST_OF_MEMORY;
  if (fits && !isLong) return undefined;
  const expected = `Memory: about ${formatCount(requests)} requests are expected, for which k6 needs about ${formatGibibytes(needed)} of ${formatGibibytes(memoryBytes)}, since it keeps every sample.`;
  return fits
    ? expected
    : `${expected} This may not fit: --segment 30m sends the load in consecutive parts, whose memory stays as it is.`;
}
