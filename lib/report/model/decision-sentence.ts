import type { Verdict } from '../../core/judge/verdict.ts';
import type { Questions } from '../../core/questions/question.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import type { RunEvidence } from './evidence.ts';
import type { Gap } from './gaps.ts';
import { type ReleaseJudgement, sizeOf } from './judge-release.ts';
import { isOfDemoTarget, notShownBy, shownBy } from './shown.ts';
import { doubtsOf } from './soundness.ts';

/** `no policy`: none is declared, so what was shown is said, and nothing of deploying. */
export type ReleaseAdvice = 'deploy' | 'do not deploy' | 'cannot tell' | 'no policy';

/** What a decision is made of. */
export interface DecisionBasis {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** The most severe first. */
  readonly problems: readonly Problem[];
  /** All of them, whatever their figures are worth. */
  readonly runs: readonly RunEvidence[];
  readonly gaps: readonly Gap[];
  /** Of a declared policy. */
  readonly release?: ReleaseJudgement;
}

/**
 * What the runs say for a release. Only a declared policy that is met lets it be deployed; that it should not be, a
 * service of one's own says by failing, or by a critical finding on it. One on the measurement keeps a policy from
 * being met, and tells nothing of the service.
 */
export function recommend({ runs, problems, release }: DecisionBasis): ReleaseAdvice {
  if (release === undefined) return 'no policy';
  if (release.isMet) return 'deploy';
  const isAgainst = runs.some(({ verdict }) => verdict === 'fail') || problems.some(isCritical);
  return isAgainst && !runs.some(isOfDemoTarget) ? 'do not deploy' : 'cannot tell';
}

/** A decision in few words, and why: what the top of a report says. */
export interface Advice {
  readonly words: string;
  /** The most telling first, at most three. */
  readonly reasons: readonly string[];
}

/** What `sentenceOf` says, as words to act on and reasons to read. */
export function adviceOf(basis: DecisionBasis, questions?: Questions): Advice {
  return {
    words: wordsOf(basis),
    reasons: causesOf(basis, questions)
      .filter((text) => text !== '')
      .slice(0, MOST_REASONS),
  };
}

function wordsOf(basis: DecisionBasis): string {
  switch (recommend(basis)) {
    case 'deploy':
      return `Deploy: the release policy is met by ${sizeOf(basis.runs)}.`;
    case 'do not deploy':
      return 'Do not deploy.';
    case 'cannot tell':
      return 'Cannot tell whether to deploy: the release policy is not met.';
    case 'no policy':
      return 'No release policy is declared, so nothing is recommended.';
  }
}

/** Why it is decided so, the most telling first. */
function causesOf(basis: DecisionBasis, questions: Questions | undefined): readonly string[] {
  const { verdict, reasons, runs, release } = basis;
  switch (recommend(basis)) {
    case 'deploy':
      return [`Shown: ${shownBy(runs, questions).join('; ')}.`, cautionOf(basis)];
    case 'do not deploy':
      return against(basis);
    case 'cannot tell':
      return release?.lacking ?? [];
    case 'no policy':
      if (verdict === 'pass') return passReasons(basis, questions);
      return verdict === 'fail' ? against(basis) : reasons;
  }
}

/** The recommendation with its reasons; without a policy, what was shown and what was not. */
export function sentenceOf(basis: DecisionBasis, questions?: Questions): string {
  const { verdict, runs } = basis;
  const causes = causesOf(basis, questions);
  switch (recommend(basis)) {
    case 'deploy':
      return joined(
        `Deploy: the release policy is met by ${sizeOf(runs)}: ${shownBy(runs, questions).join('; ')}.`,
        cautionOf(basis),
      );
    case 'do not deploy':
      return `Do not deploy: ${inOneSentence(causes)}`;
    case 'cannot tell':
      return `Cannot tell whether to deploy: the release policy is not met: ${inOneSentence(causes, MOST_LACKING)}`;
    case 'no policy':
      if (verdict === 'pass') return joined(...causes);
      return `${verdict === 'fail' ? 'Failed' : 'Cannot tell'}: ${inOneSentence(causes)}`;
  }
}

function passReasons(basis: DecisionBasis, questions: Questions | undefined): string[] {
  const { runs, problems, gaps } = basis;
  const critical = problems.filter(isCritical).map(({ summary }) => summary);
  const notShown = notShownBy(runs, gaps);
  return [
    critical.length === 0 ? '' : `Despite the pass there is a critical finding: ${inOneSentence(critical)}`,
    `Shown: ${shownBy(runs, questions).join('; ')}.`,
    notShown.length === 0 ? '' : `Not shown: ${notShown.join('; ')}.`,
    cautionOf(basis),
  ];
}

/** What does not decide, and must be known: of the service first, then of the measurement. */
function cautionOf({ problems, runs }: DecisionBasis): string {
  const ofService = problems.filter((problem) => problem.area !== 'measurement' && !isCritical(problem));
  const doubts = runs.flatMap((run) =>
    doubtsOf(run).map((doubt) => (runs.length === 1 ? doubt : `${run.scenario}: ${doubt}`)),
  );
  const texts = [...ofService.map(({ summary }) => summary), ...doubts];
  return texts.length === 0 ? '' : `Caution: ${inOneSentence(texts)}`;
}

/** What findings say is more telling than which limits were crossed; where none is grave, the reasons stand. */
function against({ problems, reasons }: DecisionBasis): string[] {
  const grave = problems.filter(
    ({ severity, area }) => (severity === 'critical' || severity === 'high') && area !== 'measurement',
  );
  return grave.length > 0 ? grave.map(({ summary }) => summary) : [...reasons];
}

function isCritical({ severity, area }: Problem): boolean {
  return severity === 'critical' && area !== 'measurement';
}

const MOST_REASONS = 3;
const MOST_LACKING = 6;

function inOneSentence(texts: readonly string[], most = MOST_REASONS): string {
  const shown = texts.slice(0, most).map(withoutStop);
  const more = texts.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

/** Whether a sentence stands in a text, where it may have lost its full stop. */
export function isTold(sentence: string, text: string): boolean {
  return text.includes(withoutStop(sentence));
}

export function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
