import type { Verdict } from '../judge/verdict-rank.ts';

/**
 * What a k6-summary.json of k6-verdict does not say, one sentence each: it has the figures and the limits of its run, as
 * far as k6's shape has a place for them. All of it is in the summary.json beside it.
 */
export function lacksOfOwn(endpoints: number, unattributed: number): string[] {
  return [
    "The figures are those of k6-verdict in the shape of k6's handleSummary: what that has no place for is in the summary.json beside it alone.",
    'Limits that only warn, waivers, the result of a test type and its limits are not in it, although the verdict may depend on them.',
    "The planned load, k6's exit code and exceptions are not in it, but the verdict that k6-verdict came to by them is.",
    'The unloaded baseline, the run over time, the causes of failures and where journeys stopped are not in it.',
    ...(endpoints > 0
      ? ['Methods, categories, expected statuses and declared rate limits of the endpoints are not stored.']
      : []),
    ...(unattributed > 0
      ? ['The times of all requests are those of some more that were cut off and not counted.']
      : []),
    'When the run was made, the address of the service and the load generator are not stored.',
  ];
}

/** Why a run is not better than its stored verdict, where its figures alone would be. */
export function asItWasJudged(verdict: Verdict): string {
  return `k6-verdict judged the run itself as ${verdict}: the summary.json beside the file says why`;
}

/** Of our own file: there are no limits that k6 has a word for. */
export const NO_WORDS = 'none of its limits is one that k6 has a word for';
