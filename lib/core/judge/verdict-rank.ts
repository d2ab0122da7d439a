/** From the worst to the best: over several reasons, and over several runs, the first one decides. */
export const VERDICTS = ['incomplete', 'fail', 'no_data', 'invalid_load', 'pass'] as const;

/**
 * `pass`: the load was delivered and every threshold holds. `fail`: a threshold does not. `no_data`: a threshold had
 * nothing to judge. `invalid_load`: the generator did not deliver the load. `incomplete`: the run was cut short.
 */
export type Verdict = (typeof VERDICTS)[number];

/** The worst of several verdicts; `pass` of none at all would be a guess, so that is for the caller to rule out. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

export interface Reason {
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly text: string;
}
