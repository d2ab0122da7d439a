import { deliveryOf, describeDropped } from './delivery.ts';
import { EXIT, isOwnReason } from './exit-codes.ts';
import type { K6Threshold, LoadRecord, MeasuredRun } from './measured.ts';
import { acceptedRequests, describeLimit, mostAccepted } from './rate-limit.ts';
import { isOrdinaryLoad, type Study } from './studies/study.ts';
import { isOfStudy, type JudgedThreshold } from './threshold.ts';
import { describeHeld, describeThreshold } from './threshold-text.ts';
import { formatCount, formatDuration } from './units.ts';

/** From the worst to the best: over several reasons, and over several runs, the first one decides. */
export const VERDICTS = ['incomplete', 'fail', 'no_data', 'invalid_load', 'pass'] as const;

/**
 * `pass`: the load was delivered and every threshold holds. `fail`: a threshold does not. `no_data`: a threshold had
 * nothing to judge. `invalid_load`: the generator did not deliver the load. `incomplete`: the run was cut short.
 */
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  readonly verdict: Verdict;
  readonly thresholds: readonly JudgedThreshold[];
  /** Why, most important first; at least one. */
  readonly reasons: readonly string[];
}

/** What is judged: the measurements with their thresholds held against them, and how k6 ended. */
export interface JudgedRun extends Pick<MeasuredRun, 'load' | 'k6Thresholds' | 'endpoints'> {
  readonly thresholds: readonly JudgedThreshold[];
  readonly study?: Study;
  /** Undefined when a signal ended k6. */
  readonly k6ExitCode: number | undefined;
}

export interface Reason {
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly text: string;
}

/** Decides a run. k6's exit code is an input: a run that k6 failed or that did not end by itself never passes. */
export function judgeRun({ thresholds, endpoints, load, study, k6Thresholds, ...ended }: JudgedRun): Judgement {
  // A search for the limit ends where it finds it.
  const isFound = study?.kind === 'breakpoint' && ended.k6ExitCode === EXIT.thresholds;
  const k6ExitCode = isFound ? EXIT.pass : ended.k6ExitCode;
  const reasons = [
    ...judgeEnd(k6ExitCode),
    ...judgeEarlyEnd(load),
    ...judgeThresholds(thresholds, study),
    ...judgeStudy(study),
    ...(isOrdinaryLoad(study)
      ? [...judgeEndpoints(endpoints, thresholds), ...judgeLimits(endpoints, load, thresholds)]
      : []),
    ...judgeExceptions(load),
    ...judgeK6(k6ExitCode, k6Thresholds, thresholds),
    ...judgeLoad(load),
  ];
  const verdict = worstVerdict(reasons.map((reason) => reason.verdict));
  const ranked = VERDICTS.flatMap((rank) => reasons.filter((reason) => reason.verdict === rank));
  return {
    verdict,
    thresholds,
    reasons: ranked.length > 0 ? ranked.map((reason) => reason.text) : [describeHeld(thresholds)],
  };
}

/** The worst of several verdicts; `pass` of none at all would be a guess, so that is for the caller to rule out. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

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

/** What k6's own exit code says against a run. */
export function judgeEnd(k6ExitCode: number | undefined): Reason[] {
  if (k6ExitCode !== undefined && !isOwnReason(k6ExitCode)) return [];
  if (k6ExitCode === 110) return [{ verdict: 'fail', text: 'the script marked the run as failed (k6 exit code 110)' }];
  if (k6ExitCode === undefined) return [{ verdict: 'incomplete', text: 'k6 was killed by a signal' }];
  return [
    {
      verdict: 'incomplete',
      text: `${K6_ENDINGS[k6ExitCode] ?? 'k6 did not end by itself'} (k6 exit code ${k6ExitCode})`,
    },
  ];
}

/** A study that found nothing says itself why. */
function judgeThresholds(thresholds: readonly JudgedThreshold[], study: Study | undefined): Reason[] {
  if (thresholds.length === 0) return [{ verdict: 'no_data', text: 'there is no threshold to judge by' }];
  if (!thresholds.some(decides)) {
    return [{ verdict: 'no_data', text: 'there is no threshold to judge by: each one only warns, or is waived' }];
  }
  const isExplained = ({ metric, verdict }: JudgedThreshold) =>
    verdict === 'no_data' && study?.invalid !== undefined && isOfStudy(metric);
  return thresholds.flatMap((threshold) =>
    (threshold.verdict === 'fail' || threshold.verdict === 'no_data') && !isExplained(threshold)
      ? [{ verdict: threshold.verdict, text: describeThreshold(threshold) }]
      : [],
  );
}

/** Whether a run could have failed by a threshold: one that only warns, or is waived, says nothing for it. */
export function decides({ level, verdict }: Pick<JudgedThreshold, 'level' | 'verdict'>): boolean {
  return level !== 'warn' && verdict !== 'waived';
}

/** What a study found nothing of is not said by its load. */
function judgeStudy(study: Study | undefined): Reason[] {
  return study?.invalid === undefined ? [] : [{ verdict: 'invalid_load', text: study.invalid }];
}

/** Whatever the budgets leave out: an endpoint that never answered as expected has not passed. */
function judgeEndpoints(endpoints: JudgedRun['endpoints'], thresholds: readonly JudgedThreshold[]): Reason[] {
  const isKnown = (id: string, verdicts: readonly string[]) =>
    thresholds.some(({ endpoint, verdict }) => endpoint === id && verdicts.includes(verdict));
  return endpoints
    .filter(
      ({ id, outcomes, requests }) =>
        (outcomes.ok ?? 0) === 0 && !isKnown(id, requests === 0 ? ['fail', 'no_data'] : ['fail']),
    )
    .map(({ id, requests }) =>
      requests === 0
        ? { verdict: 'no_data', text: `${id}: no request was counted` }
        : { verdict: 'fail', text: `${id}: not one of ${formatCount(requests)} requests was ok` },
    );
}

/** A limit that is declared and not enforced, unless a budget says what that means: what it protects is not protected. */
function judgeLimits(
  endpoints: JudgedRun['endpoints'],
  { windowSeconds, hasSeveralClients }: JudgedRun['load'],
  thresholds: readonly JudgedThreshold[],
): Reason[] {
  if (hasSeveralClients === true) return [];
  const hasBudget = (id: string) =>
    thresholds.some(({ metric, endpoint }) => metric === 'acceptedBeyondLimit' && endpoint === id);
  return endpoints.flatMap((endpoint): Reason[] => {
    if (endpoint.rateLimit === undefined || hasBudget(endpoint.id)) return [];
    const accepted = acceptedRequests(endpoint);
    const most = mostAccepted(endpoint.rateLimit, windowSeconds);
    if (accepted <= most) return [];
    return [
      {
        verdict: 'fail',
        text: `${endpoint.id}: the declared limit is not enforced: ${formatCount(accepted)} requests were accepted in ${formatDuration(windowSeconds)}, at most ${formatCount(most)} fit ${describeLimit(endpoint.rateLimit)}`,
      },
    ];
  });
}

function judgeExceptions({ iterations }: LoadRecord): Reason[] {
  if (iterations.failed === 0) return [];
  return [
    {
      verdict: 'fail',
      text: `the script threw an exception in ${formatCount(iterations.failed)} iterations (see k6.log)`,
    },
  ];
}

/** k6 evaluates some thresholds itself. Should it find one crossed that we do not, its word stands. */
export function judgeK6(
  k6ExitCode: number | undefined,
  k6Thresholds: readonly K6Threshold[],
  ours: readonly Pick<JudgedThreshold, 'verdict'>[],
): Reason[] {
  const crossed = k6Thresholds.filter(({ ok }) => !ok);
  const isKnown = ours.some(({ verdict }) => verdict === 'fail');
  if ((k6ExitCode !== 99 && crossed.length === 0) || isKnown) return [];
  const names = crossed.map(({ metric, threshold }) => `${metric}: ${threshold}`).join('; ');
  return [{ verdict: 'fail', text: `k6 found a threshold crossed: ${names || 'it does not say which'}` }];
}

/** Before the thresholds: why their figures are of a shorter run. */
function judgeEarlyEnd({ endedEarly, windowSeconds }: JudgedRun['load']): Reason[] {
  if (!endedEarly) return [];
  const text = `the run was ended early, after ${formatDuration(windowSeconds)} of load: a threshold was crossed`;
  return [{ verdict: 'fail', text }];
}

function judgeLoad(load: LoadRecord): Reason[] {
  const delivery = deliveryOf(load);
  const reasons: Reason[] = [];
  if (delivery.isTooMuchDropped) reasons.push({ verdict: 'invalid_load', text: describeDropped(delivery) });
  if (delivery.isTooLittleDelivered) {
    reasons.push({
      verdict: 'invalid_load',
      text: `${formatCount(delivery.delivered)} of ${formatCount(Math.round(load.plannedIterations ?? 0))} planned iterations were ${delivery.deliveredBy}`,
    });
  }
  return reasons;
}

/** The exit code of a judged run: k6's own where k6 ended for a reason of its own, else what the verdict says. */
export function exitCodeOfRun(verdict: Verdict, k6ExitCode: number | undefined): number {
  if (k6ExitCode === undefined) return EXIT.noSummary;
  if (isOwnReason(k6ExitCode)) return k6ExitCode;
  return verdict === 'pass' ? EXIT.pass : EXIT.thresholds;
}
