import type { K6Threshold, StoredLoad } from '../measure/measured.ts';
import { EXIT, isOwnReason } from '../spec/exit-codes.ts';
import type { StoredThreshold } from './threshold.ts';
import type { Reason } from './verdict-rank.ts';

const K6_ENDINGS: Readonly<Record<number, string>> = {
  100: 'setup took too long',
  101: 'teardown took too long',
  102: 'k6 ran into a timeout of its own',
  103: "the run was stopped through k6's REST API",
  104: "k6 refused the scenario's configuration",
  105: 'the run was interrupted',
  107: 'the script threw an exception outside the load',
  108: 'the script called test.abort()',
  109: 'k6 itself crashed',
};

const TEARDOWN_TOO_LONG = 101;

/** What k6 ends with for a reason that has no code. */
export const UNTOLD = 255;

/** What k6 ends with where setup() or teardown() threw; with the second where it was in an async function. */
const THREW_OUTSIDE: readonly number[] = [EXIT.scriptException, UNTOLD];

/** How k6 ended, and what its log says of exceptions outside of the load. */
export interface EndOfK6 {
  readonly k6ExitCode?: number | undefined;
  readonly saidOutside?: string;
}

/** Whether k6 ended by an exception in setup() or teardown(). */
export function hasThrownOutside(end: EndOfK6): end is EndOfK6 & { readonly saidOutside: string } {
  const { k6ExitCode, saidOutside } = end;
  return saidOutside !== undefined && k6ExitCode !== undefined && THREW_OUTSIDE.includes(k6ExitCode);
}

/**
 * Why teardown() failed; undefined where it did not, for all that is known. k6 ends so only when the load has come to its
 * end: of one that was cut short its exit code tells that.
 * @param hasLoad whether the load began, so that setup() is done
 */
export function failedTeardownOf(end: EndOfK6, hasLoad: boolean): string | undefined {
  if (!hasLoad) return undefined;
  if (end.k6ExitCode === TEARDOWN_TOO_LONG) return 'it took longer than the option teardownTimeout lets it';
  return hasThrownOutside(end) ? end.saidOutside : undefined;
}

/** Whether that is what k6's exit code says: then it says nothing of the load. */
export function endsByTeardown({ failedTeardown }: Pick<StoredLoad, 'failedTeardown'>, code: unknown): boolean {
  return failedTeardown !== undefined && [TEARDOWN_TOO_LONG, ...THREW_OUTSIDE].some((each) => each === code);
}

/** The figures are whole: what failed is the cleaning up. */
export function judgeTeardown({ failedTeardown }: Pick<StoredLoad, 'failedTeardown'>): Reason[] {
  if (failedTeardown === undefined) return [];
  const text = `teardown failed: ${failedTeardown}; the figures of the load are whole, but what it was to remove may still be there: mend it, and clear up by hand (see k6.log)`;
  return [{ verdict: 'fail', text }];
}

/** What k6's own exit code says against a run. */
export function judgeEnd(k6ExitCode: number | 'unknown' | undefined): Reason[] {
  if (k6ExitCode === 'unknown' || (k6ExitCode !== undefined && !isOwnReason(k6ExitCode))) return [];
  if (k6ExitCode === 110) return [{ verdict: 'fail', text: 'the script marked the run as failed (k6 exit code 110)' }];
  if (k6ExitCode === undefined)
    return [{ verdict: 'incomplete', text: 'k6 was killed by a signal, or how it ended is not known' }];
  return [
    {
      verdict: 'incomplete',
      text: `${K6_ENDINGS[k6ExitCode] ?? 'k6 did not end by itself'} (k6 exit code ${k6ExitCode})`,
    },
  ];
}

/** k6 evaluates some thresholds itself. Should it find one crossed that we do not, its word stands. */
export function judgeK6(
  k6ExitCode: number | 'unknown' | undefined,
  k6Thresholds: readonly K6Threshold[],
  ours: readonly Pick<StoredThreshold, 'verdict'>[],
): Reason[] {
  const crossed = k6Thresholds.filter(({ ok }) => !ok);
  const isKnown = ours.some(({ verdict }) => verdict === 'fail');
  return (k6ExitCode !== EXIT.thresholds && crossed.length === 0) || isKnown ? [] : [crossedAsK6Says(crossed)];
}

export function crossedAsK6Says(crossed: readonly K6Threshold[]): Reason {
  const names = crossed.map(({ metric, threshold }) => `${metric}: ${threshold}`).join('; ');
  return { verdict: 'fail', text: `k6 found a threshold crossed: ${names || 'it does not say which'}` };
}
