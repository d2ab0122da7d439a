import { formatCount } from './units.ts';

/** k6 itself with its users, before the first sample. */
const BASE_BYTES = 150 * 1024 ** 2;
/** k6 keeps every sample of every trend; its dashboard, which records the run over time, keeps them again. */
const BYTES_PER_REQUEST = 190 + 500;
/** The target, the tool and the system need some as well. */
const MOST_OF_MEMORY = 1 / 2;

/** What k6 is likely to need in memory for so many requests. */
export function expectedMemoryBytes(requests: number): number {
  return BASE_BYTES + requests * BYTES_PER_REQUEST;
}

/** One line for whoever starts a run: always for a long one (`isLong`), else where it may not fit. */
export function describeMemory(requests: number, memoryBytes: number, isLong: boolean): string | undefined {
  const needed = expectedMemoryBytes(requests);
  const fits = needed < memoryBytes * MOST_OF_MEMORY;
  if (fits && !isLong) return undefined;
  const expected = `Memory: about ${formatCount(requests)} requests are expected, for which k6 needs about ${gibibytes(needed)} of ${gibibytes(memoryBytes)}, since it keeps every sample.`;
  return fits
    ? expected
    : `${expected} This may not fit: --segment 30m sends the load in consecutive parts, whose memory stays as it is.`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
