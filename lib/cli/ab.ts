import { compareRuns } from '../compare/compare-runs.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { ComparisonPolicy } from '../compare/policy.ts';
import { EXIT } from '../core/exit-codes.ts';
import { present } from '../core/present.ts';
import { asStored, type StoredRun } from '../core/run-summary.ts';
import { describeProgress } from './ab-progress.ts';
import { abRecordFile, type Side, writeAbRecord } from './ab-record.ts';
import { type AbSide, expectDifferent, targetOf } from './ab-target.ts';
import { chooseTarget } from './choose-target.ts';
import { readComparisonPolicy } from './comparison-policy.ts';
import { interleave, pairsOfLook } from './interleave.ts';
import { expectOrdinaryScenario } from './ordinary-load.ts';
import type { Project } from './project.ts';
import { expectOutputs } from './publish.ts';
import { type ComparisonOutputs, publishComparison } from './publish-comparison.ts';
import { shownPath } from './read-summary-file.ts';
import { releaseOf } from './release-name.ts';
import { createAbFolder } from './run-folder.ts';
import { runOnce } from './run-once.ts';
import { type LoadRequest, openProject, openTargetFor, type Session, type Terminal, withSession } from './session.ts';
import { scenarioVariables } from './setting-sources.ts';
import type { Target } from './target.ts';

export interface AbRequest extends LoadRequest {
  readonly scenario: string;
  /** Of the first look; the second takes as many again. */
  readonly pairs: number;
  /** 1 or 2. */
  readonly looks: number;
  /** Base against base. */
  readonly isSelfCheck: boolean;
  readonly base: Omit<AbSide, 'side'>;
  readonly head: Omit<AbSide, 'side'>;
  readonly baseRelease?: string;
  readonly headRelease?: string;
  readonly policy: ComparisonPolicy;
  readonly outputs: ComparisonOutputs;
}

/** Where neither the scenario nor WARM_UP says: each run meets a target that was just started. */
const WARM_UP_SECONDS = 2;

/** One side, ready to be started for each of its runs. */
interface Arm {
  readonly side: Side;
  readonly target: Target;
  readonly release: string;
}

/**
 * Runs base and head in turn (AB BA AB ...), each run on a target that was started for it, and compares them. A second
 * look at as many pairs again follows where the first one leaves something open.
 * @returns the exit code, by COMPARE_EXIT; k6's own where a run was interrupted
 * @throws UserError for whatever is wrong before anything was sent
 */
export async function ab(request: AbRequest, terminal: Terminal): Promise<number> {
  const project = openProject(request);
  expectOutputs(request.outputs);
  const policy = { ...readComparisonPolicy(project.root, new Date()), ...request.policy };
  const [base, head] = armsOf(request, project.root);
  const quiet: LoadRequest = { ...request, k6Arguments: ['--quiet', ...request.k6Arguments] };
  return withSession(quiet, project, [{ name: request.scenario }], terminal, async (session) => {
    for (const { target } of [base, head]) session.targets.requireConsent(target);
    expectOrdinaryScenario(request.scenario, session.scenarios[0]?.facts.study);
    return runAndCompare(new AbPlan(session, request, base, head), request, policy, terminal);
  });
}

async function runAndCompare(
  plan: AbPlan,
  request: AbRequest,
  policy: ComparisonPolicy,
  terminal: Terminal,
): Promise<number> {
  const startedAt = new Date();
  const folder = createAbFolder(plan.project, request.scenario, startedAt);
  const seen = await takeLooks(plan, request, policy, terminal, () => writeRecord(folder, request, startedAt, plan));
  if ('interruption' in seen) {
    terminal.say(
      `Stopped: the pairs are not complete, and were not compared. Their runs are listed in ${shownPath(abRecordFile(folder.path))}.`,
    );
    return seen.interruption;
  }
  const { environment } = request.sources;
  await publishComparison(seen.comparison, folder.path, request.outputs, { terminal, environment });
  return seen.comparison.exitCode;
}

/** Looks at the pairs as often as it takes, and as is planned at most. @param keepRecord of the runs so far */
async function takeLooks(
  plan: AbPlan,
  { looks, isSelfCheck }: AbRequest,
  policy: ComparisonPolicy,
  terminal: Terminal,
  keepRecord: () => Promise<void>,
): Promise<{ readonly comparison: Comparison } | { readonly interruption: number }> {
  for (let look = 1; ; look += 1) {
    let interruption: number | undefined;
    try {
      interruption = await plan.runPairs(look);
    } finally {
      await keepRecord();
    }
    if (interruption !== undefined) return { interruption };
    const comparison = compareRuns({
      ...plan.usable(),
      look: [look, looks],
      isSelfCheck,
      policy,
      notes: plan.notes,
    });
    if (look === looks || !comparison.needsSecondLook) return { comparison };
    terminal.say(`\nLook ${look} of ${looks} leaves something open: ${comparison.reasons[0] ?? comparison.headline}`);
  }
}

function writeRecord(
  folder: { readonly path: string; readonly runId: string },
  { scenario, isSelfCheck, pairs, looks }: AbRequest,
  startedAt: Date,
  { runs }: AbPlan,
): Promise<void> {
  return writeAbRecord(folder.path, {
    runId: folder.runId,
    scenario,
    isSelfCheck,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    pairsPerLook: pairs,
    looks,
    runs: runs.map(({ side, pair, runId, run }) => ({ side, pair, runId, isUsable: run !== undefined })),
  });
}

interface FinishedRun {
  readonly side: Side;
  readonly pair: number;
  readonly runId: string;
  /** Absent where k6 left no summary. */
  readonly run?: StoredRun;
}

/** The runs of both sides, as far as they are done. */
class AbPlan {
  readonly runs: FinishedRun[] = [];
  readonly notes: string[] = [];
  readonly #session: Session;
  readonly #request: AbRequest;
  readonly #arms: readonly [Arm, Arm];
  readonly #startedAtMs = Date.now();

  constructor(session: Session, request: AbRequest, base: Arm, head: Arm) {
    this.#session = session;
    this.#request = request;
    this.#arms = [base, head];
  }

  get project(): Project {
    return this.#session.project;
  }

  /** @returns the exit code of an interruption, if there was one */
  async runPairs(look: number): Promise<number | undefined> {
    const { pairs } = this.#request;
    for (const { arm, pair } of interleave(this.#arms, pairsOfLook(look, pairs))) {
      const interrupted = await this.#run(arm, pair, look * pairs);
      if (interrupted !== undefined) return interrupted;
    }
    return undefined;
  }

  /** Pairs of which both runs left a summary. */
  usable(): { readonly base: StoredRun[]; readonly head: StoredRun[] } {
    const hasSummary = (pair: number) => this.runs.every((each) => each.pair !== pair || each.run !== undefined);
    const ofSide = (side: Side) =>
      this.runs.flatMap((each) => (each.side === side && hasSummary(each.pair) ? (each.run ?? []) : []));
    return { base: ofSide('base'), head: ofSide('head') };
  }

  async #run({ side, target, release }: Arm, pair: number, pairs: number): Promise<number | undefined> {
    const { terminal, scenarios } = this.#session;
    const [scenario] = scenarios;
    if (scenario === undefined) throw new Error('A session without a scenario');
    const opened = await openTargetFor(this.#session, scenario, target);
    try {
      const { summary, folder, exitCode } = await runOnce(
        this.#session,
        { ...scenario, variables: { ...scenario.variables, RELEASE: release } },
        {
          target: opened,
          release,
          measuresAtRest: false,
          isLatest: false,
          isReported: false,
          defaultWarmUpSeconds: WARM_UP_SECONDS,
        },
      );
      const isInterrupted = exitCode === EXIT.aborted || exitCode === EXIT.interrupted;
      const run = summary === undefined ? undefined : asStored(summary);
      this.runs.push({ side, pair, runId: folder.runId, ...present({ run }) });
      if (isInterrupted) return exitCode;
      if (run === undefined)
        this.notes.push(`Pair ${pair} is left out: k6 left no summary of ${folder.runId} (exit code ${exitCode}).`);
      const secondsSoFar = (Date.now() - this.#startedAtMs) / 1000;
      const { isSelfCheck } = this.#request;
      const progress = { side, pair, done: this.runs.length, planned: 2 * pairs, secondsSoFar, isSelfCheck };
      terminal.say(describeProgress(progress, summary));
      return undefined;
    } finally {
      await this.#session.targets.close();
    }
  }
}

/** @throws UserError for sides that cannot be told apart, or that make no sense together */
function armsOf(request: AbRequest, projectRoot: string): readonly [Arm, Arm] {
  const variables = scenarioVariables(request.sources);
  const { head, isSelfCheck, backendProfile } = request;
  const usual = chooseTarget(variables.BASE_URL, backendProfile, projectRoot);
  const base = targetOf({ side: 'base', ...request.base }, usual);
  const release = variables.RELEASE || undefined;
  const baseRelease =
    request.baseRelease ??
    (isSelfCheck ? release : undefined) ??
    releaseOf(folderOf(base)) ??
    (isSelfCheck ? (releaseOf(projectRoot) ?? 'base') : 'base');
  if (isSelfCheck) {
    return [
      { side: 'base', target: base, release: baseRelease },
      { side: 'head', target: base, release: baseRelease },
    ];
  }
  const other = targetOf({ side: 'head', ...head }, usual);
  expectDifferent(base, other);
  return [
    { side: 'base', target: base, release: baseRelease },
    { side: 'head', target: other, release: request.headRelease ?? release ?? releaseOf(folderOf(other)) ?? 'head' },
  ];
}

/** The checkout that a target is started from, if there is one. */
function folderOf(target: Target): string | undefined {
  return target.kind === 'command' ? target.folder : undefined;
}
