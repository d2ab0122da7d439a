import type { StoredRun } from '../../core/judge/run-summary.ts';
import type { StoredThreshold } from '../../core/judge/threshold.ts';
import { isExcused } from '../../core/judge/threshold-order.ts';
import { describeHeld } from '../../core/judge/threshold-text.ts';
import type { Verdict } from '../../core/judge/verdict.ts';
import type { Questions } from '../../core/questions/question.ts';
import { isOrdinaryLoad } from '../../core/questions/table.ts';
import type { Finding, Problem } from '../../core/spec/document/finding.ts';
import { formatMs } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { Evidence } from './evidence.ts';
import type { ThresholdRow } from './thresholds.ts';

/** What a release manager is to do. */
export interface Decision {
  readonly recommendation: 'deploy' | 'do not deploy' | 'cannot tell';
  /** The verdict and what it says, for a heading or a terminal. */
  readonly headline: string;
  /** The recommendation with its reasons. */
  readonly sentence: string;
  /** The findings that matter most, each with its number. */
  readonly keyFindings: readonly string[];
}

interface Basis {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly problems: readonly Problem[];
  readonly positives: readonly Finding[];
  readonly evidence: Evidence;
  /** All of them, whatever their figures are worth. */
  readonly runs: readonly HeadedRun[];
  readonly thresholds: readonly ThresholdRow[];
  /** Of runs with a question of their own. */
  readonly answers: readonly string[];
}

const RECOMMENDATIONS: Readonly<Record<Verdict, Decision['recommendation']>> = {
  pass: 'deploy',
  fail: 'do not deploy',
  no_data: 'cannot tell',
  invalid_load: 'cannot tell',
  incomplete: 'cannot tell',
};

const MOST_PROBLEMS = 6;
const MOST_POSITIVES = 2;

export function decide(basis: Basis, questions?: Questions): Decision {
  const { verdict, problems, positives } = basis;
  return {
    recommendation: RECOMMENDATIONS[verdict],
    headline: headlineOf(verdict, basis.runs, questions),
    sentence: sentenceOf(basis, questions),
    keyFindings: [
      ...basis.answers,
      ...problems
        .filter(({ summary }) => !basis.answers.includes(summary))
        .slice(0, MOST_PROBLEMS)
        .map(({ summary }) => summary),
      ...positives.slice(0, MOST_POSITIVES).map(({ summary }) => summary),
    ],
  };
}

const MOST_REASONS = 3;

function sentenceOf(
  { verdict, reasons, problems, evidence, thresholds, answers }: Basis,
  questions: Questions | undefined,
): string {
  const recommendation = RECOMMENDATIONS[verdict];
  if (recommendation === 'deploy') {
    // What is meant to be too much has no latency to speak of.
    if (answers.length > 0 && !evidence.runs.some(({ study }) => isOrdinaryLoad(study, questions)))
      return `Deploy: ${describeHeld(thresholds)}. ${answers.join(' ')}`;
    const { totals } = evidence;
    const p95 = totals.latencyMs.ok.p95 === undefined ? '' : `, p95 of ok replies ${formatMs(totals.latencyMs.ok.p95)}`;
    const open =
      problems.length === 0 ? '' : ` Know before you do: ${inOneSentence(problems.map(({ summary }) => summary))}`;
    return `Deploy: ${describeHeld(thresholds)} over ${counted(totals.requests, 'request')}${p95}.${open}`;
  }
  // What findings say is more telling than which limits were crossed; where none fits, the reasons stand.
  const grave = problems.filter(
    ({ severity, area }) =>
      (severity === 'critical' || severity === 'high') &&
      (recommendation === 'cannot tell') === (area === 'measurement'),
  );
  const because =
    grave.length > 0 && recommendation === 'do not deploy' ? grave.map(({ summary }) => summary) : reasons;
  return `${recommendation === 'do not deploy' ? 'Do not deploy' : 'Cannot tell'}: ${inOneSentence(because)}`;
}

function inOneSentence(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_REASONS).map((text) => text.replace(/\.$/, ''));
  const more = texts.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

/** k6's exit code for exec.test.fail(). */
const MARKED_AS_FAILED = 110;

const HEADLINES: Readonly<Record<Exclude<Verdict, 'pass'>, string>> = {
  fail: 'FAIL: the service did not meet its thresholds under this load.',
  no_data: 'NO DATA: something that must be judged was not measured.',
  invalid_load:
    'INVALID LOAD: the generator did not deliver the planned load, so the figures say nothing about the service.',
  incomplete: 'INCOMPLETE: the run was cut short, so it cannot be judged.',
};

/** What a headline must know of a run. */
export interface HeadedRun extends Pick<StoredRun, 'verdict' | 'load' | 'study' | 'source'> {
  readonly thresholds: readonly Pick<StoredThreshold, 'verdict'>[];
  readonly k6ExitCode?: number;
}

/** The verdict in one sentence: the same words wherever it is told. */
export function headlineOf(verdict: Verdict, runs: readonly HeadedRun[], questions?: Questions): string {
  const [only] = runs;
  const isAnyExcused = runs.some(({ thresholds }) => thresholds.some(isExcused));
  const held = isAnyExcused ? 'every threshold that decides holds' : 'every threshold holds';
  // A file of another source has the thresholds that it has: there may have been more.
  const storedHeld = isAnyExcused
    ? 'every stored threshold that decides holds'
    : 'every threshold that is stored holds';
  if (runs.length === 1 && only !== undefined) {
    const hasCrossed = only.thresholds.some((threshold) => threshold.verdict === 'fail');
    const isOfTheScript =
      verdict === 'fail' &&
      !hasCrossed &&
      ((only.load.iterations?.failed ?? 0) > 0 || only.k6ExitCode === MARKED_AS_FAILED);
    if (isOfTheScript) return 'FAIL: the script itself failed, whatever the thresholds say.';
    if (verdict === 'invalid_load' && only.study?.invalid !== undefined)
      return 'INVALID LOAD: this run does not answer its question.';
    if (verdict !== 'pass') return HEADLINES[verdict];
    if (!isDeliveryKnown(only)) return `PASS: ${storedHeld}; whether the planned load was delivered is not known.`;
    const done = isOrdinaryLoad(only.study, questions) ? 'the planned load was delivered' : 'the question is answered';
    return `PASS: ${done} and ${held}.`;
  }
  const unknown = runs.filter((run) => !isDeliveryKnown(run)).length;
  const passed = `${runs.filter((run) => run.verdict === 'pass').length} of ${runs.length} runs passed`;
  const words: Record<Verdict, string> = {
    pass:
      unknown === 0
        ? `PASS: all ${runs.length} runs were delivered and ${held}.`
        : `PASS: in all ${runs.length} runs ${storedHeld}; whether the planned load was delivered is not known of ${unknown === runs.length ? 'any' : unknown} of them.`,
    fail: `FAIL: the service did not meet its thresholds: ${passed}.`,
    no_data: `NO DATA: something that must be judged was not measured: ${passed}.`,
    invalid_load: `INVALID LOAD: the generator did not deliver the planned load: ${passed}.`,
    incomplete: `INCOMPLETE: the test was cut short: ${passed}.`,
  };
  return words[verdict];
}

/** Only our own summary, or a record that says so, tells what was planned and that it was sent. */
function isDeliveryKnown({ source, load }: HeadedRun): boolean {
  return source === 'k6-verdict' || (load.plannedIterations !== undefined && load.iterations !== undefined);
}
