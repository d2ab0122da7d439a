import { decides } from '../../core/judge/deciding.ts';
import { judgeThreshold } from '../../core/judge/judge-threshold.ts';
import { missingParts, namedByPart } from '../../core/judge/parts.ts';
import type { ForeignRun, OwnRun } from '../../core/judge/run-summary.ts';
import type { StoredThreshold } from '../../core/judge/threshold.ts';
import { describeExcuse, describeThreshold } from '../../core/judge/threshold-text.ts';
import { judgeEnd, judgeK6, judgeRun, VERDICTS, type Verdict, worstVerdict } from '../../core/judge/verdict.ts';
import { GATE_EXIT } from '../../core/spec/exit-codes.ts';
import { present } from '../../core/spec/present.ts';
import { counted } from '../../core/spec/words.ts';
import { headlineOf } from '../model/decision.ts';
import type { RunEvidence } from '../model/evidence.ts';
import { notesOf } from '../model/notes.ts';
import type { ReleasePolicy } from '../model/release-policy.ts';
import { thresholdRows } from '../model/thresholds.ts';
import { foreignNotes } from './foreign-notes.ts';
import { GATE_SCHEMA_VERSION, type Gate, type GatedRun, type UnreadableInput } from './gate.ts';
import { decideGate, figuresOfRun } from './gate-decision.ts';

/** What the gate judges. */
export interface GateInput {
  /** With their records over time, where they have any: findings are made of them. */
  readonly runs: readonly RunEvidence[];
  /** What was named and could not be read. */
  readonly unreadable: readonly UnreadableInput[];
  /** Runs that were planned, and left nothing. */
  readonly missingRuns: number;
  /** Which they are, in sentences. */
  readonly missing?: readonly string[];
  readonly notes: readonly string[];
  /** k6's exit code of the runs that do not store it. */
  readonly k6ExitCode?: number;
  /** The day (UTC, `2026-12-31`) on which waivers must still be in force. */
  readonly today: string;
  /** What the project wants to see before it releases, where it says so. */
  readonly policy?: ReleasePolicy;
  /** Whether the gate fails unless the policy is met. */
  readonly isReleaseRequired?: boolean;
  /** The scenarios of the project, where they are known. */
  readonly scenarios?: readonly string[];
}

/** Decides over stored runs: the worst of them, and nothing passes that could not be judged. */
export function judgeGate(input: GateInput): Gate {
  const { unreadable, missingRuns, notes, k6ExitCode, today, policy, scenarios } = input;
  const named = input.runs.map(namedByPart);
  const gated = named.map((run) => gateRun(run, k6ExitCode, today));
  const runs = named.map((run, i) => asJudged(run, gated[i], k6ExitCode));
  const planned = missingRuns > 0 ? [`${counted(missingRuns, 'planned run')} left no results`] : [];
  const missing = [...(input.missing ?? planned), ...missingParts(input.runs)];
  const worst = worstVerdict([...gated.map(({ verdict }) => verdict), ...(missing.length > 0 ? INCOMPLETE : [])]);
  const verdict = worst === 'pass' && (gated.length === 0 || unreadable.length > 0) ? 'unreadable' : worst;
  const notRead = unreadable.map(({ name, what }) => (what.includes(name) ? what : `${name}: ${what}`));
  const reasons = [...missing, ...reasonsOf(gated, verdict), ...notRead];
  const decided = decideGate({
    runs,
    verdict: verdict === 'unreadable' ? 'no_data' : verdict,
    reasons: verdict === 'unreadable' ? notRead : reasons,
    missing: [...missing, ...notRead],
    ...present({ policy, scenarios }),
  });
  const gate: Gate = {
    schemaVersion: GATE_SCHEMA_VERSION,
    verdict,
    exitCode: exitCodeOf(gated, missing.length > 0, unreadable.length > 0),
    headline:
      verdict === 'unreadable'
        ? `CANNOT JUDGE: ${counted(unreadable.length, 'input')} could not be read.`
        : headlineOf(verdict, runs),
    reasons,
    ...decided,
    runs: gated,
    unreadable,
    notes,
  };
  return input.isReleaseRequired ? requireRelease(gate) : gate;
}

/** Runs that passed are not enough where a release was asked for. */
function requireRelease(gate: Gate): Gate {
  const { exitCode, decision, reasons } = gate;
  if (decision.recommendation === 'deploy' || exitCode !== GATE_EXIT.pass) return gate;
  const lacking = decision.release?.lacking ?? [];
  return {
    ...gate,
    verdict: 'not_released',
    exitCode: GATE_EXIT.failed,
    headline: `NOT RELEASED: the runs passed, and the release policy is not met (${lacking.length} of ${counted(decision.release?.requirements.length ?? 0, 'requirement')} lacking).`,
    reasons: lacking.length > 0 ? lacking : reasons,
  };
}

/** A run with what the gate made of it. */
function asJudged(run: RunEvidence, gated: GatedRun | undefined, k6ExitCode: number | undefined): RunEvidence {
  const { verdict, reasons, thresholds } = gated ?? run;
  const code = run.k6ExitCode ?? k6ExitCode;
  return { ...run, verdict, reasons, thresholds, ...present({ k6ExitCode: code }) } as RunEvidence;
}

const INCOMPLETE: readonly Verdict[] = ['incomplete'];

/** A run that failed outweighs one of which nothing is known. */
function exitCodeOf(runs: readonly GatedRun[], isRunMissing: boolean, isUnreadable: boolean): number {
  const judged = runs.filter(({ verdict }) => verdict !== 'pass');
  if (isRunMissing || judged.some((run) => !isNothingToJudge(run))) return GATE_EXIT.failed;
  return judged.length > 0 || isUnreadable || runs.length === 0 ? GATE_EXIT.nothingToJudge : GATE_EXIT.pass;
}

/** Nothing was measured, or there is nothing to hold it against. */
function isNothingToJudge({ verdict, requests, thresholds }: GatedRun): boolean {
  const isAnythingJudged = thresholds.some((row) => decides(row) && row.verdict !== 'no_data');
  return verdict === 'no_data' && (!thresholds.some(decides) || (requests === 0 && !isAnythingJudged));
}

/** Of several runs, those that are not as they should be explain the verdict. */
function reasonsOf(runs: readonly GatedRun[], verdict: Gate['verdict']): string[] {
  if (runs.length === 1) return [...(runs[0]?.reasons ?? [])];
  const worstFirst = VERDICTS.flatMap((rank) => runs.filter((run) => run.verdict === rank));
  return worstFirst
    .filter((run) => verdict === 'pass' || run.verdict !== 'pass')
    .flatMap((run) => run.reasons.map((reason) => `${run.scenario}: ${reason}`));
}

function gateRun(run: RunEvidence, k6ExitCode: number | undefined, today: string): GatedRun {
  const judged = run.source === 'k6-verdict' ? judgeAgain(run, today) : judgeForeign(run, k6ExitCode);
  const { runId, scenario, source, endedAt, commit, release, environment, totals } = run;
  const code = run.k6ExitCode ?? k6ExitCode;
  const rows = thresholdRows({ ...run, thresholds: judged.thresholds });
  return {
    runId,
    scenario,
    source,
    ...present({ endedAt, commit, release, environment, k6ExitCode: code }),
    verdict: judged.verdict,
    requests: totals.requests,
    ...figuresOfRun(run),
    reasons: judged.reasons,
    warnings: judged.thresholds.flatMap((threshold) => {
      const excuse = threshold.verdict === 'idle' ? undefined : describeExcuse(threshold);
      return excuse === undefined ? [] : [`${describeThreshold(threshold)}: ${excuse}`];
    }),
    thresholds: rows,
    notes: [
      ...notesOf(run),
      ...(run.source === 'k6-verdict' ? [] : foreignNotes(run)),
      ...(run.source === 'k6-verdict' || code !== undefined ? [] : [NO_EXIT_CODE]),
    ],
  };
}

const NO_EXIT_CODE =
  "k6's exit code is not stored in this summary, so an aborted run or a failing script is not noticed. Only its stored thresholds are judged (--k6-exit-code N supplies it).";

interface Judged extends Pick<GatedRun, 'verdict' | 'reasons'> {
  readonly thresholds: readonly StoredThreshold[];
}

/** A verdict that was stored is not believed, but never improved either: only a waiver that ended can change it. */
function judgeAgain(run: OwnRun, today: string): Judged {
  const { endpoints, journeys, load, study, k6Thresholds, k6ExitCode, mergedFrom } = run;
  const { verdict, reasons, thresholds } = judgeRun({
    thresholds: run.thresholds.map((threshold) => judgeThreshold(threshold, run, today)),
    endpoints,
    load,
    ...present({ journeys, study, mergedFrom }),
    k6Thresholds,
    k6ExitCode,
  });
  const worse = worstVerdict([verdict, run.verdict]);
  if (worse === verdict) return { verdict, reasons, thresholds };
  return {
    verdict: worse,
    reasons: [
      `the run itself ended as ${run.verdict}: ${run.reasons.join('; ')}`,
      ...(verdict === 'pass' ? [] : reasons),
    ],
    thresholds,
  };
}

function judgeForeign(run: ForeignRun, k6ExitCode: number | undefined): Judged {
  const { thresholds, k6Thresholds } = run;
  const own = run.verdict === 'pass' ? [] : run.reasons;
  const ending =
    k6ExitCode === undefined ? [] : [...judgeEnd(k6ExitCode), ...judgeK6(k6ExitCode, k6Thresholds, thresholds)];
  const verdict = worstVerdict([run.verdict, ...ending.map((reason) => reason.verdict)]);
  const reasons = [...ending.map(({ text }) => text), ...own];
  return { verdict, reasons: reasons.length > 0 ? reasons : run.reasons, thresholds };
}
