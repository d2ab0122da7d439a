import type { ForeignRun } from '../judge/run-summary.ts';
import { type Verdict, worstVerdict } from '../judge/verdict.ts';
import type { Impossible } from './impossible.ts';
import { baseOf } from './k6-file.ts';
import { asItWasJudged } from './lacks-of-own.ts';

/** k6-verdict knew more of its own run than its file in k6's shape says. */
export function neverBetter(
  { verdict, reasons }: Pick<ForeignRun, 'verdict' | 'reasons'>,
  stored: Verdict | undefined,
): Pick<ForeignRun, 'verdict' | 'reasons'> {
  if (stored === undefined || worstVerdict([verdict, stored]) === verdict) return { verdict, reasons };
  return { verdict: stored, reasons: [asItWasJudged(stored), ...(verdict === 'pass' ? [] : reasons)] };
}

/** What no run can have measured of its requests says nothing good of them. */
export function cannotBeOfRequests(impossible: readonly Impossible[]): string[] {
  return impossible
    .filter(({ metric }) => /^http_(reqs|req_failed|req_duration)$/.test(baseOf(metric)))
    .map(({ text }) => `the figures of the file cannot be: ${text.replace(/\.$/, '')}`);
}

/** @param texts why a run does not pass, whatever else holds */
export function notToBeJudged(
  { verdict, reasons }: Pick<ForeignRun, 'verdict' | 'reasons'>,
  texts: readonly string[],
): Pick<ForeignRun, 'verdict' | 'reasons'> {
  if (texts.length === 0) return { verdict, reasons };
  return { verdict: worstVerdict([verdict, 'no_data']), reasons: verdict === 'pass' ? texts : [...reasons, ...texts] };
}
