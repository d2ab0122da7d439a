import type { Verdict } from '../../core/judge/verdict.ts';
import type { Problem } from '../../core/spec/document/finding.ts';
import { present } from '../../core/spec/present.ts';
import { decide } from '../model/decision.ts';
import { adviceOf, withoutStop } from '../model/decision-sentence.ts';
import { gatherEvidence, type RunEvidence, successShare } from '../model/evidence.ts';
import { FEW_SAMPLES } from '../model/findings/few-samples.ts';
import { judgeRelease } from '../model/judge-release.ts';
import { lookAt } from '../model/look.ts';
import type { ReleasePolicy } from '../model/release-policy.ts';
import { isOfDemoTarget } from '../model/shown.ts';
import { doubtsOf } from '../model/soundness.ts';
import type { Gate, GatedRun } from './gate.ts';

/** What the decision of a gate is made of. */
export interface GateDecisionBasis {
  /** As the gate judged them again. */
  readonly runs: readonly RunEvidence[];
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** Planned runs and named inputs that are not among the runs, one sentence each. */
  readonly missing: readonly string[];
  readonly policy?: ReleasePolicy;
  /** Those of the project, where they are known. */
  readonly scenarios?: readonly string[];
}

/** Decides as the report does: by the same findings, in the same words. */
export function decideGate(basis: GateDecisionBasis): Pick<Gate, 'decision' | 'findings' | 'caveats'> {
  const { runs, verdict, reasons, missing, policy, scenarios } = basis;
  if (runs.length === 0) return { decision: ofNothing(basis), findings: [], caveats: [] };
  const { problems, positives, gaps, studies } = lookAt(runs, scenarios);
  const release = policy && judgeRelease(policy, { runs, problems, missing });
  const { recommendation, sentence, advice } = decide({
    verdict,
    reasons,
    problems,
    positives,
    runs,
    gaps,
    answers: studies.map(({ headline }) => headline),
    ...present({ release }),
  });
  return {
    decision: { recommendation, sentence, advice, ...present({ release }) },
    findings: problems
      .filter(({ area }) => area !== 'measurement')
      .map(({ severity, summary }) => ({ severity, summary })),
    caveats: caveatsOf(runs, problems, [sentence, advice.reasons.join(' ')]),
  };
}

function ofNothing({ verdict, reasons, missing, policy }: GateDecisionBasis): Gate['decision'] {
  const nothing = { runs: [], problems: [], missing };
  const release = policy && judgeRelease(policy, nothing);
  const recommendation = policy === undefined ? 'no policy' : 'cannot tell';
  const sentence = `Cannot tell: ${reasons.map((reason) => reason.replace(/\.$/, '')).join('; ')}.`;
  const advice = adviceOf({ ...nothing, verdict, reasons, gaps: [], ...present({ release }) });
  return { recommendation, sentence, advice, ...present({ release }) };
}

/** @param tellings of the decision; a format shows one of them, so what each has need not be said again */
function caveatsOf(runs: readonly RunEvidence[], problems: readonly Problem[], tellings: readonly string[]): string[] {
  const isTold = (text: string) => tellings.every((telling) => telling.includes(text));
  const few = problems.filter(({ id }) => id === FEW_SAMPLES);
  const doubts = runs.flatMap((run) =>
    doubtsOf(run)
      .filter((doubt) => !isTold(doubt))
      .map((doubt) => (runs.length === 1 ? doubt : `${run.scenario}: ${doubt}`)),
  );
  return [
    ...(runs.some(isOfDemoTarget) && !isTold('your own service')
      ? ['the target was the demo service of k6-verdict, not your own service']
      : []),
    ...doubts,
    ...few.map(({ summary }) => withoutStop(summary)),
  ];
}

/** One line of figures for a run. */
export function figuresOfRun(
  run: RunEvidence,
): Pick<GatedRun, 'target' | 'loadSeconds' | 'requestsPerSecond' | 'okP95Ms' | 'failedShare'> {
  const { totals, load, target } = run;
  const judged = totals.requests - gatherEvidence([run]).setAside;
  const share = successShare(totals.outcomes, judged);
  return present({
    target,
    loadSeconds: load.windowSeconds,
    requestsPerSecond: totals.requests === 0 ? undefined : load.requestsPerSecond,
    okP95Ms: totals.latencyMs.ok.p95,
    failedShare: share === undefined ? undefined : 1 - share,
  });
}
