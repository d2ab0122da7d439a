import type { JourneySummary, K6Threshold, StoredEndpoint, StoredLoad } from '../measure/measured.ts';
import { countSent } from '../measure/outcome.ts';
import { describeLimit, limitUseOf } from '../measure/rate-limit.ts';
import type { Answer, Questions } from '../questions/question.ts';
import { isOrdinaryLoad, questionOf } from '../questions/table.ts';
import { EXIT, isOwnReason } from '../spec/exit-codes.ts';
import { formatCount, formatDuration } from '../spec/units.ts';
import { counted } from '../spec/words.ts';
import { decides, whyNoneDecides } from './deciding.ts';
import { deliveryOf, describeDropped, describeNotSent, describeTooLittle, notSentOf } from './delivery.ts';
import { judgeExceptions } from './exceptions.ts';
import { iterationWord } from './iteration-word.ts';
import { judgeJourneys } from './judge-journeys.ts';
import { crossedAsK6Says, endsByTeardown, judgeEnd, judgeK6, judgeTeardown, UNTOLD } from './k6-ending.ts';
import { isOfStudy } from './metrics.ts';
import type { StoredThreshold } from './threshold.ts';
import { describeHeld, describeThreshold } from './threshold-text.ts';
import { judgeProcesses, type ProcessSpan } from './together.ts';
import { type Reason, VERDICTS, type Verdict, worstVerdict } from './verdict-rank.ts';

export { judgeEnd, judgeK6 } from './k6-ending.ts';
export { VERDICTS, type Verdict, worstVerdict } from './verdict-rank.ts';

export interface Judgement<Held extends StoredThreshold> {
  readonly verdict: Verdict;
  readonly thresholds: readonly Held[];
  /** Why, most important first; at least one. */
  readonly reasons: readonly string[];
}

/** What is judged: the measurements with their thresholds held against them, and how k6 ended, as far as it is known. */
export interface JudgedRun<Held extends StoredThreshold> {
  readonly load: StoredLoad;
  readonly endpoints: readonly StoredEndpoint[];
  /** Of a test of journeys. */
  readonly journeys?: readonly JourneySummary[];
  readonly thresholds: readonly Held[];
  /** What k6 found of its own thresholds. */
  readonly k6Thresholds: readonly K6Threshold[];
  /** Thresholds of k6 that cannot be held against the figures: its word is all there is. */
  readonly unread?: readonly K6Threshold[];
  /** Where the thresholds would have come from, where there are none. */
  readonly howToGetThresholds?: string;
  /** Of whose requests it is known that not one was ok. Without an id: of all. @default the endpoints without an ok reply */
  readonly neverOk?: readonly { readonly id?: string; readonly requests: number }[];
  readonly study?: Answer;
  /** The k6 processes that it was merged from. */
  readonly mergedFrom?: readonly ProcessSpan[];
  /** Undefined when a signal ended k6. */
  readonly k6ExitCode: number | 'unknown' | undefined;
}

/**
 * Decides a run, our own or one that others measured: by its thresholds, and by what no threshold may hide. k6's exit
 * code is an input: a run that k6 failed or that did not end by itself never passes.
 */
export function judgeRun<Held extends StoredThreshold>(run: JudgedRun<Held>, questions?: Questions): Judgement<Held> {
  const { thresholds, endpoints, load, study, unread = [] } = run;
  // A search for the limit ends where it finds it, and a teardown that failed says so itself.
  const isFound = questionOf(study, questions)?.endsByThreshold === true && run.k6ExitCode === EXIT.thresholds;
  const k6ExitCode = isFound || endsByTeardown(load, run.k6ExitCode) ? EXIT.pass : run.k6ExitCode;
  const isOrdinary = isOrdinaryLoad(study, questions);
  const reasons = [
    ...judgeEnd(k6ExitCode),
    ...judgeRecord(load),
    ...judgeProcesses(load, run.mergedFrom, run.journeys === undefined ? 'requests' : 'journeys'),
    ...judgeRequests(run),
    ...judgeEarlyEnd(load),
    ...judgeThresholds(run, questions),
    ...unread.filter(({ ok }) => !ok).map((crossed) => crossedAsK6Says([crossed])),
    ...judgeStudy(study),
    ...(isOrdinary ? [...judgeAnswers(run), ...judgeLimits(endpoints, load, thresholds)] : []),
    ...judgeJourneys({ ...run, k6ExitCode }, isOrdinary),
    ...judgeChecks(endpoints),
    ...judgeExceptions(run),
    ...judgeTeardown(load),
    ...judgeK6(k6ExitCode, run.k6Thresholds, thresholds),
    ...judgeLoad(load, iterationWord(run)),
    ...judgeSending(endpoints),
  ];
  const ranked = VERDICTS.flatMap((rank) => reasons.filter((reason) => reason.verdict === rank));
  const held = [...thresholds, ...unread.map(() => ({ verdict: 'pass' as const }))];
  return {
    verdict: worstVerdict(reasons.map((reason) => reason.verdict)),
    thresholds,
    reasons: ranked.length > 0 ? ranked.map((reason) => reason.text) : [describeHeld(held)],
  };
}

/** Where it is known of all requests together that there was none. */
function judgeRequests({ neverOk = [] }: JudgedRun<StoredThreshold>): Reason[] {
  return neverOk
    .filter(({ id, requests }) => id === undefined && requests === 0)
    .map(() => ({ verdict: 'no_data', text: 'no request was counted' }));
}

/** A question that was not answered says why itself: its thresholds need not repeat that they have nothing to judge. */
function judgeThresholds(
  { thresholds, unread = [], howToGetThresholds, study }: JudgedRun<StoredThreshold>,
  questions: Questions | undefined,
): Reason[] {
  if (thresholds.length + unread.length === 0) {
    const how = howToGetThresholds === undefined ? '' : `: ${howToGetThresholds}`;
    return [{ verdict: 'no_data', text: `there is no threshold to judge by${how}` }];
  }
  if (unread.length === 0 && !thresholds.some(decides))
    return [{ verdict: 'no_data', text: whyNoneDecides(thresholds) }];
  const isExplained = ({ metric, verdict }: StoredThreshold) =>
    verdict === 'no_data' && study?.invalid !== undefined && isOfStudy(metric, questions);
  return thresholds.flatMap((threshold) =>
    (threshold.verdict === 'fail' || threshold.verdict === 'no_data') && !isExplained(threshold)
      ? [{ verdict: threshold.verdict, text: describeThreshold(threshold, questions) }]
      : [],
  );
}

/** Why a question was not answered. */
function judgeStudy(study: Answer | undefined): Reason[] {
  return study?.invalid === undefined ? [] : [{ verdict: 'invalid_load', text: study.invalid }];
}

/** Whatever the budgets leave out: what never answered as expected has not passed. */
function judgeAnswers({ endpoints, thresholds, neverOk = neverOkOf(endpoints) }: JudgedRun<StoredThreshold>): Reason[] {
  const isKnown = (id: string | undefined, verdicts: readonly string[]) =>
    thresholds.some(({ endpoint, verdict }) => endpoint === id && verdicts.includes(verdict));
  return neverOk.flatMap(({ id, requests }): Reason[] => {
    const subject = id === undefined ? '' : `${id}: `;
    if (requests > 0) {
      const text = `${subject}not one of ${counted(requests, 'request')} was ok`;
      return isKnown(id, ['fail']) ? [] : [{ verdict: 'fail', text }];
    }
    if (id === undefined || isKnown(id, ['fail', 'no_data'])) return [];
    return [{ verdict: 'no_data', text: `${subject}no request was counted` }];
  });
}

const isNeverOk = ({ outcomes }: StoredEndpoint): boolean => (outcomes.ok ?? 0) === 0;

/** Without an ok reply, of those requests that were sent. */
function neverOkOf(endpoints: readonly StoredEndpoint[]): { id: string; requests: number }[] {
  return endpoints.filter(isNeverOk).map((endpoint) => ({ id: endpoint.id, requests: countSent(endpoint) }));
}

/** A limit that is declared and not enforced, unless a budget says what that means: what it protects is not protected. */
function judgeLimits(
  endpoints: readonly StoredEndpoint[],
  load: StoredLoad,
  thresholds: readonly StoredThreshold[],
): Reason[] {
  const hasBudget = (id: string) =>
    thresholds.some(({ metric, endpoint }) => metric === 'acceptedBeyondLimit' && endpoint === id);
  return endpoints.flatMap((endpoint): Reason[] => {
    const use = limitUseOf(endpoint, load);
    if (endpoint.rateLimit === undefined || use === undefined || use.beyond === 0 || hasBudget(endpoint.id)) return [];
    const accepted = `${counted(use.accepted, 'request')} ${use.accepted === 1 ? 'was' : 'were'} accepted in ${formatDuration(load.windowSeconds ?? 0)}`;
    const fitting = `at most ${formatCount(use.mostAccepted)} fit ${describeLimit(endpoint.rateLimit)}`;
    return [{ verdict: 'fail', text: `${endpoint.id}: the declared limit is not enforced: ${accepted}, ${fitting}` }];
  });
}

/** What a check meant that did not say, nobody knows: a promise is true to an `if`, whatever comes of it. */
function judgeChecks(endpoints: readonly StoredEndpoint[]): Reason[] {
  return endpoints.flatMap(({ id, undecidedChecks = 0 }): Reason[] =>
    undecidedChecks === 0
      ? []
      : [
          {
            verdict: 'fail',
            text: `${id}: its check returned neither true nor false for ${counted(undecidedChecks, 'response', 'responses')}`,
          },
        ],
  );
}

/** Whatever k6's exit code says: what was not recorded was not measured. */
function judgeRecord({ recordLacks }: StoredLoad): Reason[] {
  return recordLacks === undefined ? [] : [{ verdict: 'incomplete', text: `the record is not whole: ${recordLacks}` }];
}

/** Before the thresholds: why their figures are of a shorter run. */
function judgeEarlyEnd({ endedEarly, windowSeconds = 0 }: StoredLoad): Reason[] {
  if (!endedEarly) return [];
  const text = `the run was ended early, after ${formatDuration(windowSeconds)} of load: a threshold was crossed`;
  return [{ verdict: 'fail', text }];
}

function judgeLoad(load: StoredLoad, iteration: ReturnType<typeof iterationWord>): Reason[] {
  const delivery = deliveryOf(load);
  const reasons: Reason[] = [];
  if (delivery.isTooMuchDropped) reasons.push({ verdict: 'invalid_load', text: describeDropped(delivery, iteration) });
  if (delivery.isTooLittleDelivered) {
    reasons.push({ verdict: 'invalid_load', text: describeTooLittle(delivery, load, iteration) });
  }
  return reasons;
}

/** What never left this machine is no load, and no fault of the service. */
function judgeSending(endpoints: readonly StoredEndpoint[]): Reason[] {
  const notSent = notSentOf(endpoints);
  return notSent.isTooMuch ? [{ verdict: 'invalid_load', text: describeNotSent(notSent) }] : [];
}

/** The exit code of a judged run: k6's own where k6 ended for a reason of its own, else what the verdict says. */
export function exitCodeOfRun(
  { verdict, load }: { readonly verdict: Verdict; readonly load: Pick<StoredLoad, 'failedTeardown'> },
  k6ExitCode: number | undefined,
): number {
  if (k6ExitCode === undefined) return EXIT.noSummary;
  if (k6ExitCode === UNTOLD && endsByTeardown(load, k6ExitCode)) return EXIT.scriptException;
  if (isOwnReason(k6ExitCode)) return k6ExitCode;
  return verdict === 'pass' ? EXIT.pass : EXIT.thresholds;
}
