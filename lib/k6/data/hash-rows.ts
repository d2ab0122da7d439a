import crypto from 'k6/crypto';

/** Of the rows that this copy of the script has read, by the names that they are shared under. */
const hashes = new Map<string, string>();

/**
 * Hashes rows while they are read: each access to a shared row costs more than its hash. 100,000 rows take a third of a
 * second.
 * @param columns of a CSV, those that count; all where they are not named
 */
export function noteHash(sharedName: string, rows: readonly object[], columns: readonly string[] | undefined): void {
  hashes.set(sharedName, crypto.sha256(JSON.stringify(rows, columns?.toSorted()), 'hex'));
}

/** @returns undefined where another copy of the script read them: the first one, which k6 takes its options from */
export function hashOf(sharedName: string): string | undefined {
  return hashes.get(sharedName);
}
