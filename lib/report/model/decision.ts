import { isExcused } from '../../core/judge/threshold-order.ts';
import type { Verdict } from '../../core/judge/verdict.ts';
import type { Questions } from '../../core/questions/question.ts';
import { isOrdinaryLoad } from '../../core/questions/table.ts';
import type { Finding } from '../../core/spec/document/finding.ts';
import { present } from '../../core/spec/present.ts';
import {
  type Advice,
  adviceOf,
  type DecisionBasis,
  type ReleaseAdvice,
  recommend,
  sentenceOf,
} from './decision-sentence.ts';
import type { ReleaseJudgement } from './judge-release.ts';
import { type HeadedRun, isOfScriptAlone } from './script-alone.ts';
import { isOfDemoTarget } from './shown.ts';

export type { HeadedRun } from './script-alone.ts';

/** What a release manager is to do: the same words in every format of a run, a test and the gate. */
export interface Decision {
  readonly recommendation: ReleaseAdvice;
  /** The verdict and what it says, for a heading or a terminal. */
  readonly headline: string;
  /** The recommendation with its reasons; without a release policy, what was shown and what was not. */
  readonly sentence: string;
  /** The same in few words, and at most three reasons. */
  readonly advice: Advice;
  /** The findings that matter most, each with its number. */
  readonly keyFindings: readonly string[];
  /** The declared release policy, requirement by requirement. */
  readonly release?: ReleaseJudgement;
}

interface Basis extends DecisionBasis {
  readonly positives: readonly Finding[];
  /** Of runs with a question of their own. */
  readonly answers: readonly string[];
}

const MOST_PROBLEMS = 6;
const MOST_POSITIVES = 2;

export function decide(basis: Basis, questions?: Questions): Decision {
  const { verdict, problems, positives, answers, release } = basis;
  return {
    recommendation: recommend(basis),
    headline: headlineOf(verdict, basis.runs, questions),
    sentence: sentenceOf(basis, questions),
    advice: adviceOf(basis, questions),
    keyFindings: [
      ...answers,
      ...problems
        .filter(({ summary }) => !answers.includes(summary))
        .slice(0, MOST_PROBLEMS)
        .map(({ summary }) => summary),
      ...positives.slice(0, MOST_POSITIVES).map(({ summary }) => summary),
    ],
    ...present({ release }),
  };
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

const BY_SCRIPT = 'the script itself failed, and no fault of the service was found';

/** The verdict in one sentence: the same words wherever it is told. That of the demo target says so. */
export function headlineOf(verdict: Verdict, runs: readonly HeadedRun[], questions?: Questions): string {
  const text = verdictSentence(verdict, runs, questions);
  return runs.some(isOfDemoTarget) ? text.replace(/^([A-Z ]+):/, '$1 (demo target):') : text;
}

function verdictSentence(verdict: Verdict, runs: readonly HeadedRun[], questions: Questions | undefined): string {
  const [only] = runs;
  const isAnyExcused = runs.some(({ thresholds }) => thresholds.some(isExcused));
  const held = isAnyExcused ? 'every threshold that decides holds' : 'every threshold holds';
  // A file of another source has the thresholds that it has: there may have been more.
  const storedHeld = isAnyExcused
    ? 'every stored threshold that decides holds'
    : 'every threshold that is stored holds';
  if (runs.length === 1 && only !== undefined) {
    const hasCrossed = only.thresholds.some((threshold) => threshold.verdict === 'fail');
    if (verdict === 'fail' && isOfScriptAlone(only, questions)) return `FAIL: ${BY_SCRIPT}.`;
    if (verdict === 'fail' && !hasCrossed && only.k6ExitCode === MARKED_AS_FAILED)
      return 'FAIL: the script itself failed, whatever the thresholds say.';
    if (verdict === 'invalid_load' && only.study?.invalid !== undefined)
      return 'INVALID LOAD: this run gave no result for its test type.';
    if (verdict !== 'pass') return HEADLINES[verdict];
    if (!isDeliveryKnown(only)) return `PASS: ${storedHeld}; whether the planned load was delivered is not known.`;
    const done = isOrdinaryLoad(only.study, questions)
      ? 'the planned load was delivered'
      : 'the test type has its result';
    return `PASS: ${done} and ${held}.`;
  }
  const unknown = runs.filter((run) => !isDeliveryKnown(run)).length;
  const passed = `${runs.filter((run) => run.verdict === 'pass').length} of ${runs.length} runs passed`;
  const failed = runs.filter((run) => run.verdict === 'fail');
  const words: Record<Verdict, string> = {
    pass:
      unknown === 0
        ? `PASS: all ${runs.length} runs were delivered and ${held}.`
        : `PASS: in all ${runs.length} runs ${storedHeld}; whether the planned load was delivered is not known of ${unknown === runs.length ? 'any' : unknown} of them.`,
    fail: `FAIL: ${failed.every((run) => isOfScriptAlone(run, questions)) ? BY_SCRIPT : 'the service did not meet its thresholds'}: ${passed}.`,
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
