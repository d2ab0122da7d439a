import { formatPlain } from '../spec/plain.ts';

/** A figure of a stored run that cannot be, beside the others of the same run. */
export interface Contradiction {
  /** As a person writes it: `endpoints[2].latencyMs.ok.p95`. */
  readonly member: string;
  readonly received: string;
  readonly expected: string;
}

/** Two figures that must be the same. @param why what the expected one is, in a few words */
export function expectSame(member: string, received: number, expected: number, why: string): Contradiction[] {
  return received === expected ? [] : [{ member, received: `${received}`, expected: `${expected}, ${why}` }];
}

/** Where a figure may differ in its last digits: one was worked out of the other. */
export function expectNearly(member: string, received: number, expected: number, why: string): Contradiction[] {
  return isNearly(received, expected)
    ? []
    : [{ member, received: formatPlain(received), expected: `${formatPlain(expected)}, ${why}` }];
}

/** @param least, most the range, both ends included, give or take the last digits */
export function expectWithin(
  member: string,
  received: number,
  [least, most]: readonly [least: number, most: number],
  why: string,
): Contradiction[] {
  if ((received >= least || isNearly(received, least)) && (received <= most || isNearly(received, most))) return [];
  const range =
    least === Number.NEGATIVE_INFINITY
      ? `at most ${formatPlain(most)}`
      : most === Number.POSITIVE_INFINITY
        ? `at least ${formatPlain(least)}`
        : `from ${formatPlain(least)} to ${formatPlain(most)}`;
  return [{ member, received: formatPlain(received), expected: `${range}, ${why}` }];
}

/** k6 rounds nothing, and we round to a millionth of a millisecond. */
function isNearly(a: number, b: number): boolean {
  return Math.abs(a - b) <= 2e-6 + 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

export function expectAtMost(member: string, received: number, most: number, why: string): Contradiction[] {
  return expectWithin(member, received, [Number.NEGATIVE_INFINITY, most], why);
}

export function expectAtLeast(member: string, received: number, least: number, why: string): Contradiction[] {
  return expectWithin(member, received, [least, Number.POSITIVE_INFINITY], why);
}
