import path from 'node:path';
import { compareRuns } from '../compare/compare-runs.ts';
import type { Comparison } from '../compare/comparison.ts';
import type { ComparisonPolicy } from '../compare/policy.ts';
import { parseBaseUrl } from '../core/base-url.ts';
import { UserError } from '../core/errors.ts';
import { EXIT } from '../core/exit-codes.ts';
import { asStored, type StoredRun } from '../core/run-summary.ts';
import { isOrdinaryLoad } from '../core/studies/study.ts';
import { formatCount, formatDuration, formatMs } from '../core/units.ts';
import { type AbSide, expectDifferent, targetOf } from './ab-target.ts';
import { chooseTarget } from './choose-target.ts';
import { readComparisonPolicy } from './comparison-policy.ts';
import { type ComparisonOutputs, expectOutputs, publishComparison } from './publish-comparison.ts';
import { shownPath } from './read-summary-file.ts';
import { USUAL_PROFILE } from './reference-target.ts';
import { releaseOf } from './release-name.ts';
import { createAbFolder, writeResult } from './run-folder.ts';
import { runOnce } from './run-once.ts';
import { type LoadRequest, openProject, openTargetFor, type Session, type Terminal, withSession } from './session.ts';
import { scenarioVariables } from './setting-sources.ts';
import type { Target } from './target.ts';
import { COMPARISON_PAGE, writeComparison } from './write-comparison.ts';

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

type Side = 'base' | 'head';

/** One side, ready to be started for each of its runs. */
interface Arm {
  readonly side: Side;
  readonly target: Target;
  readonly release: string;
}

/** `ab.json`: which runs were made, in which order, so that they can be compared again. */
export interface AbRecord {
  readonly schemaVersion: 1;
  readonly runId: string;
  readonly scenario: string;
  readonly isSelfCheck: boolean;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly pairsPerLook: number;
  readonly looks: number;
  /** In the order in which they ran. */
  readonly runs: readonly {
    readonly side: Side;
    readonly pair: number;
    readonly runId: string;
    readonly isUsable: boolean;
  }[];
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
    expectOrdinary(request.scenario, session.scenarios[0]?.facts.study);
    const startedAt = new Date();
    const folder = createAbFolder(project, request.scenario, startedAt);
    const plan = new AbPlan(session, request, base, head);
    let comparison: Comparison | undefined;
    let interruption: number | undefined;
    for (let look = 1; look <= request.looks; look += 1) {
      try {
        interruption = await plan.runPairs(look);
      } finally {
        await writeRecord(folder, request, startedAt, plan);
      }
      if (interruption !== undefined) break;
      comparison = compareRuns({
        ...plan.usable(),
        look: [look, request.looks],
        isSelfCheck: request.isSelfCheck,
        policy,
        notes: plan.notes,
      });
      if (!comparison.needsSecondLook) break;
      terminal.say(
        `\nLook ${look} of ${request.looks} leaves something open: ${comparison.reasons[0] ?? comparison.headline}`,
      );
    }
    if (comparison === undefined || interruption !== undefined) {
      terminal.say(
        `Stopped: the pairs are not complete, and were not compared. Their runs are listed in ${shownPath(path.join(folder.path, 'ab.json'))}.`,
      );
      return interruption ?? EXIT.aborted;
    }
    await writeComparison(folder.path, comparison);
    await publishComparison(comparison, request.outputs, terminal);
    terminal.say(`Comparison: ${shownPath(path.join(folder.path, COMPARISON_PAGE))}`);
    return comparison.exitCode;
  });
}

async function writeRecord(
  folder: { readonly path: string; readonly runId: string },
  { scenario, isSelfCheck, pairs, looks }: AbRequest,
  startedAt: Date,
  plan: AbPlan,
): Promise<void> {
  const record: AbRecord = {
    schemaVersion: 1,
    runId: folder.runId,
    scenario,
    isSelfCheck,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    pairsPerLook: pairs,
    looks,
    runs: plan.runs.map(({ side, pair, runId, run }) => ({ side, pair, runId, isUsable: run !== undefined })),
  };
  await writeResult(folder.path, 'ab.json', `${JSON.stringify(record, null, 1)}\n`);
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

  /** @returns the exit code of an interruption, if there was one */
  async runPairs(look: number): Promise<number | undefined> {
    const { pairs } = this.#request;
    for (let pair = (look - 1) * pairs + 1; pair <= look * pairs; pair += 1) {
      const inTurn = pair % 2 === 1 ? this.#arms : this.#arms.toReversed();
      for (const arm of inTurn) {
        const interrupted = await this.#run(arm, pair, look * pairs);
        if (interrupted !== undefined) return interrupted;
      }
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
      this.runs.push({ side, pair, runId: folder.runId, ...(run === undefined ? {} : { run }) });
      if (isInterrupted) return exitCode;
      if (run === undefined)
        this.notes.push(`Pair ${pair} is left out: k6 left no summary of ${folder.runId} (exit code ${exitCode}).`);
      terminal.say(
        `${this.#progress(side, pair, pairs)}: ${summary === undefined ? 'no summary' : figures(summary)}${this.#left(pairs)}`,
      );
      return undefined;
    } finally {
      await this.#session.targets.close();
    }
  }

  #progress(side: Side, pair: number, pairs: number): string {
    return `Run ${this.runs.length} of ${2 * pairs} (pair ${pair}, ${this.#request.isSelfCheck ? `base against base, ${side === 'base' ? 'first' : 'second'} side` : side})`;
  }

  #left(pairs: number): string {
    const left = 2 * pairs - this.runs.length;
    if (left === 0) return '';
    const seconds = ((Date.now() - this.#startedAtMs) / 1000 / this.runs.length) * left;
    return `; about ${formatDuration(Math.round(seconds))} left`;
  }
}

function figures({ totals, verdict }: Pick<StoredRun, 'totals' | 'verdict'>): string {
  const p95 = totals.latencyMs.ok.p95 === undefined ? '' : `, p95 ${formatMs(totals.latencyMs.ok.p95)}`;
  return `${formatCount(totals.requests)} requests${p95}${verdict === 'pass' ? '' : `, ${verdict.replace('_', ' ')}`}`;
}

/** @throws UserError for sides that cannot be told apart, or that make no sense together */
function armsOf(request: AbRequest, projectRoot: string): readonly [Arm, Arm] {
  const variables = scenarioVariables(request.sources);
  const { head, isSelfCheck, backendProfile } = request;
  refuseSenseless(request, variables.BASE_URL || undefined);
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

function refuseSenseless(request: AbRequest, baseUrl: string | undefined): void {
  const { head, headRelease, isSelfCheck, backendProfile, abortOnFailAfterSeconds } = request;
  const hasHead = Object.values(head).some((value) => value !== undefined) || headRelease !== undefined;
  if (isSelfCheck && hasHead) {
    throw new UserError({
      what: '--aa runs base against base: there is no head.',
      received: '--aa with a --head flag',
      expected: 'the flags of base alone',
    });
  }
  if (!isSelfCheck && head.url === undefined && head.command === undefined) {
    throw new UserError({
      what: 'There is nothing to compare base with.',
      received: 'no --head-url',
      expected:
        '--head-url <url> for a service that runs, with --head-start "<command>" for one that is started for each run',
      todo: 'name head, or check the noise of base against itself with --aa',
    });
  }
  if (baseUrl !== undefined && backendProfile !== USUAL_PROFILE) {
    throw new UserError({
      what: '--backend-profile has no meaning beside --base-url: the reference backend is not the target.',
      received: `--backend-profile ${backendProfile}, --base-url ${parseBaseUrl(baseUrl).href}`,
      expected: 'one of the two',
    });
  }
  if (abortOnFailAfterSeconds !== undefined) {
    throw new UserError({
      what: '--abort-on-fail has no meaning for ab: runs that were cut short cannot be compared.',
      received: '--abort-on-fail',
      expected: 'the option left out',
    });
  }
}

/** @throws UserError for a scenario whose latencies say nothing of how users would fare */
function expectOrdinary(scenario: string, study: string | undefined): void {
  if (study === undefined || isOrdinaryLoad({ kind: study })) return;
  throw new UserError({
    what: `Runs of ${scenario} cannot be compared: it sends what no user would, to answer a question.`,
    received: `--scenario ${scenario}`,
    expected: 'a scenario of ordinary load, such as sustained',
    todo: 'hold its answer against the studies of the budgets instead',
  });
}
