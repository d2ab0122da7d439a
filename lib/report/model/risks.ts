import type { Verdict } from '../../core/judge/verdict.ts';
import {
  type Problem,
  type RiskArea,
  SEVERITIES,
  type Severity,
  URGENCIES,
  type Urgency,
} from '../../core/spec/document/finding.ts';

/** What the worst finding of each kind puts at stake. How the measurement was is no risk of the service. */
export interface Risks {
  readonly level: Severity | 'none found' | 'unknown';
  /** The level in words, never more than was looked at. */
  readonly sentence: string;
  readonly factors: readonly RiskFactor[];
}

export interface RiskFactor {
  readonly area: RiskArea;
  readonly severity: Severity;
  /** The summaries of the findings behind it. */
  readonly because: readonly string[];
}

/** What the level of a risk is said of. */
export interface RiskBasis {
  readonly problems: readonly Problem[];
  readonly verdict: Verdict;
  /** Whether a declared release policy is judged by several runs: one alone says nothing of a release. */
  readonly isOfRelease: boolean;
  /** What was looked at, such as `12 endpoints answered 50 users for 1m`. */
  readonly shown: readonly string[];
}

export function assessRisks({ problems: found, verdict, isOfRelease, shown }: RiskBasis): Risks {
  const problems = found.filter(({ area }) => area !== 'measurement');
  const areas = [...new Set(problems.map(({ area }) => area))];
  const factors = areas.map((area): RiskFactor => {
    const own = problems.filter((problem) => problem.area === area);
    return { area, severity: worst(own) ?? 'low', because: own.map(({ summary }) => summary) };
  });
  const level = levelOf(worst(problems), verdict);
  return {
    level,
    sentence: sentenceOf(level, { isOfRelease, shown, verdict }),
    factors: factors.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
  };
}

/** A run that could not be judged shows what is wrong, and never that nothing worse is; one that failed has a reason. */
function levelOf(highest: Severity | undefined, verdict: Verdict): Risks['level'] {
  if (highest === 'critical' || highest === 'high') return highest;
  if (verdict === 'pass') return highest ?? 'none found';
  return verdict === 'fail' ? (highest ?? 'unknown') : 'unknown';
}

function sentenceOf(
  level: Risks['level'],
  { isOfRelease, shown, verdict }: Pick<RiskBasis, 'isOfRelease' | 'shown' | 'verdict'>,
): string {
  if (level === 'none found') return `No risk found by this test; it looked at: ${shown.join('; ')}.`;
  if (level === 'unknown')
    return verdict === 'fail'
      ? 'No finding names a risk: see why the test failed.'
      : 'The test could not show the risk.';
  return isOfRelease ? `Risk of deploying: ${level}.` : `Highest risk found by this test: ${level}.`;
}

function worst(problems: readonly Problem[]): Severity | undefined {
  return SEVERITIES.find((severity) => problems.some((problem) => problem.severity === severity));
}

export interface Action {
  readonly text: string;
  /** Titles of the findings it answers. */
  readonly answers: readonly string[];
}

export type Actions = Readonly<Record<Urgency, readonly Action[]>>;

/** What to do, each thing once. */
export function actionsOf(problems: readonly Problem[]): Actions {
  const all = problems.flatMap(({ recommendations, title }) =>
    recommendations.map(({ urgency, text }) => ({ urgency, text, title })),
  );
  const of = (urgency: Urgency): Action[] =>
    [...new Set(all.filter((action) => action.urgency === urgency).map(({ text }) => text))].map((text) => ({
      text,
      answers: [...new Set(all.filter((action) => action.text === text).map(({ title }) => title))],
    }));
  const [must, should, could] = URGENCIES.map(of);
  return { must: must ?? [], should: should ?? [], could: could ?? [] };
}
