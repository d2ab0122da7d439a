import { readTail } from '../../files/read-tail.ts';

/** More than the log of any run has: the line stands at its beginning. */
const MOST_BYTES = 16 * 1024 ** 2;

/**
 * An option of the script that k6 does not know, and so ignores: it only says so in its log, which nobody reads of a run
 * that went well.
 * @returns what to say of it
 */
export function describeIgnoredOption(logFile: string): string | undefined {
  const line = readTail(logFile, MOST_BYTES)
    .split('\n')
    .find((each) => each.includes('unknown fields in the options'));
  if (line === undefined) return undefined;
  const field = /unknown field \\*"([\w.-]+)\\*"/.exec(line)?.[1];
  return `k6 ignored an option of the script that it does not know${field === undefined ? '' : `: ${field}`}. Correct its name, or leave it out.`;
}
