import { BUSY_ADVICE, isHopelesslyBusy, tooBusyToCompare, unfitnessOf } from '../../compare/fitness.ts';
import type { ComparisonPolicy } from '../../compare/policy.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { EXIT } from '../../core/spec/exit-codes.ts';
import { present } from '../../core/spec/present.ts';
import type { Side } from '../../results/ab-record.ts';
import type { Project } from '../../results/project.ts';
import { hasJourneys, runLoad } from '../run-load.ts';
import { expectSentTo } from '../script/sent-to.ts';
import { openTargetFor, type PreparedLoad, type Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { describeProgress, describeReplies } from './ab-progress.ts';
import { interleave, pairsOfLook } from './interleave.ts';

/** Where neither the scenario nor WARM_UP says: each run meets a target that was just started. */
const WARM_UP_SECONDS = 2;

/** One side, ready to be started for each of its runs. */
export interface Arm {
  readonly side: Side;
  readonly target: Target;
  readonly release: string;
}

/** How many runs there are to be, and of what. */
export interface AbExtent {
  /** Of the first look; the second takes as many again. */
  readonly pairs: number;
  /** Base against base. */
  readonly isSelfCheck: boolean;
}

interface FinishedRun {
  readonly side: Side;
  readonly pair: number;
  readonly runId: string;
  /** Absent where k6 left no summary. */
  readonly run?: StoredRun;
}

/** The runs of both sides, as far as they are done. */
export class AbPlan {
  readonly runs: FinishedRun[] = [];
  readonly notes: string[] = [];
  readonly #session: Session;
  readonly #extent: AbExtent;
  readonly #arms: readonly [Arm, Arm];
  readonly #policy: ComparisonPolicy;
  readonly #startedAtMs = Date.now();
  #isStopped = false;

  constructor(session: Session, extent: AbExtent, policy: ComparisonPolicy, base: Arm, head: Arm) {
    this.#session = session;
    this.#policy = policy;
    this.#extent = extent;
    this.#arms = [base, head];
  }

  get project(): Project {
    return this.#session.project;
  }

  /** @returns the exit code of an interruption, if there was one */
  async runPairs(look: number): Promise<number | undefined> {
    const { pairs } = this.#extent;
    for (const each of pairsOfLook(look, pairs)) {
      for (const { arm, pair } of interleave(this.#arms, [each])) {
        const interrupted = await this.#run(arm, pair, look * pairs);
        if (interrupted !== undefined) return interrupted;
      }
      if (this.#isHopeless(each, look * pairs)) return undefined;
    }
    return undefined;
  }

  /** Whether it ended before its last pair, since too few of them could have been compared. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  #isHopeless(done: number, planned: number): boolean {
    const isBusy = (pair: number) =>
      this.runs.some(({ run, ...each }) => each.pair === pair && run && tooBusyToCompare(run, this.#policy));
    const busy = Array.from({ length: done }, (_, i) => i + 1).filter(isBusy).length;
    if (done === planned || !isHopelesslyBusy(busy, done)) return false;
    this.#isStopped = true;
    this.notes.push(`Stopped after ${done} of ${planned} pairs: the machine was too busy during ${busy} of them.`);
    this.#session.terminal.say(
      `\nStopped after ${done} of ${planned} pairs: the machine was too busy during ${busy} of them, and the others would not count either.\n  to do: ${BUSY_ADVICE}`,
    );
    return true;
  }

  /** Pairs of which both runs left a summary. */
  usable(): { readonly base: StoredRun[]; readonly head: StoredRun[] } {
    const hasSummary = (pair: number) => this.runs.every((each) => each.pair !== pair || each.run !== undefined);
    const ofSide = (side: Side) =>
      this.runs.flatMap((each) => (each.side === side && hasSummary(each.pair) ? (each.run ?? []) : []));
    return { base: ofSide('base'), head: ofSide('head') };
  }

  async #run({ side, target, release }: Arm, pair: number, pairs: number): Promise<number | undefined> {
    const { terminal, loads, interruption } = this.#session;
    const [load] = loads;
    if (load === undefined) throw new Error('A session without load');
    const opened = await openTargetFor(this.#session, load, target);
    if (opened === undefined || interruption.isStopped()) return interruption.exitCode();
    try {
      const { run, hosts, folder, exitCode } = await runLoad(this.#session, toldRelease(load, release), {
        target: opened,
        release,
        // What does not work for one user would be compared over and over.
        measuresAtRest: pair === 1 && hasJourneys(load),
        isLatest: false,
        isReported: false,
        defaultWarmUpSeconds: WARM_UP_SECONDS,
      });
      if (hosts !== undefined) expectSentTo(opened.address, hosts, side);
      const isInterrupted = exitCode === EXIT.aborted || exitCode === EXIT.interrupted;
      this.runs.push({ side, pair, runId: folder.runId, ...present({ run }) });
      if (isInterrupted || exitCode === EXIT.badInput) return exitCode;
      if (run === undefined)
        this.notes.push(`Pair ${pair} is left out: k6 left no summary of ${folder.runId} (exit code ${exitCode}).`);
      const secondsSoFar = (Date.now() - this.#startedAtMs) / 1000;
      const { isSelfCheck } = this.#extent;
      const unfit = run && unfitnessOf(run, this.#policy)?.reason;
      const done = this.runs.length;
      const progress = { side, pair, done, planned: 2 * pairs, secondsSoFar, isSelfCheck, ...present({ unfit }) };
      terminal.say(describeProgress(progress, run));
      if (done === 1 && run !== undefined) terminal.say(`  ${describeReplies(run)}`);
      return undefined;
    } finally {
      await this.#session.targets.close();
    }
  }
}

function toldRelease(load: PreparedLoad, release: string): PreparedLoad {
  return load.kind === 'script' ? load : { ...load, variables: { ...load.variables, RELEASE: release } };
}
