import { describeHopeless, describeQuiet, type Unfit, unfitnessOf } from '../../compare/fitness.ts';
import type { ComparisonPolicy } from '../../compare/policy.ts';
import type { StoredRun } from '../../core/judge/run-summary.ts';
import { EXIT } from '../../core/spec/exit-codes.ts';
import { present } from '../../core/spec/present.ts';
import { named } from '../../core/spec/words.ts';
import type { Side } from '../../results/ab-record.ts';
import type { Project } from '../../results/project.ts';
import { hasJourneys, runLoad } from '../run-load.ts';
import { expectSentTo } from '../script/sent-to.ts';
import { openTargetFor, type PreparedLoad, type Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { describeProgress, describeReplies } from './ab-progress.ts';
import { interleave, pairsOfLook } from './interleave.ts';
import { describeSoFar } from './so-far.ts';

/** Where neither the scenario nor WARM_UP says: each run meets a target that was just started. */
const WARM_UP_SECONDS = 2;

/** Of a run that cannot be compared, since there is nothing of it. */
const WITHOUT_SUMMARY: Unfit = { kind: 'incomplete', reason: 'it left no summary' };

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
  readonly #session: Session;
  readonly #extent: AbExtent;
  readonly #arms: readonly [Arm, Arm];
  readonly #policy: ComparisonPolicy;
  readonly #startedAtMs = Date.now();
  #stopped: string | undefined;
  /** `<run id> (exit code 99)`, of those that k6 left no summary of. */
  readonly #unwritten: string[] = [];

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
      this.#tellSoFar(each, look * pairs);
    }
    return undefined;
  }

  /** Whether it ended before its last pair, since too few of them could have been compared. */
  get isStopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** What must be known of these runs, beside what they measured: one note for each kind. */
  get notes(): string[] {
    const missing = this.#unwritten;
    return [
      ...(missing.length > 0 ? [`Without a summary of k6, and left out with their pairs: ${named(missing)}.`] : []),
      ...(this.#stopped === undefined ? [] : [`${this.#stopped}.`]),
    ];
  }

  #isHopeless(done: number, planned: number): boolean {
    const pairs = Array.from({ length: done }, (_, i) => this.#unfitnessOfPair(i + 1));
    const hopeless = describeHopeless(pairs);
    if (done === planned || hopeless === undefined) return false;
    const stopped = `Stopped after ${done} of ${planned} pairs: ${hopeless.why}`;
    this.#stopped = stopped;
    this.#session.terminal.say(`\n${stopped}. The others would not count either.\n  to do: ${hopeless.todo}`);
    return true;
  }

  /** Why a pair cannot count, by the first of its runs that cannot. */
  #unfitnessOfPair(pair: number): Unfit | undefined {
    const unfit = this.runs
      .filter((each) => each.pair === pair)
      .map(({ run }) => (run === undefined ? WITHOUT_SUMMARY : unfitnessOf(run, this.#policy)));
    return unfit.find((each) => each !== undefined);
  }

  /** After each pair but the last one, which the comparison follows. */
  #tellSoFar(done: number, planned: number): void {
    const { base, head } = this.usable();
    const isFit = (run: StoredRun) => unfitnessOf(run, this.#policy) === undefined;
    const bySide = base.map((run, i) => ({ base: run, head: head[i] ?? run }));
    const seen = describeSoFar(bySide.filter((pair) => isFit(pair.base) && isFit(pair.head)));
    if (seen !== undefined && done < planned) this.#session.terminal.say(`  ${seen}`);
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
        label: `Run ${this.runs.length + 1}/${2 * pairs}`,
      });
      if (hosts !== undefined) expectSentTo(opened.address, hosts, side);
      const isInterrupted = exitCode === EXIT.aborted || exitCode === EXIT.interrupted;
      this.runs.push({ side, pair, runId: folder.runId, ...present({ run }) });
      if (isInterrupted || exitCode === EXIT.badInput) return exitCode;
      if (run === undefined) this.#unwritten.push(`${folder.runId} (exit code ${exitCode})`);
      const secondsSoFar = (Date.now() - this.#startedAtMs) / 1000;
      const { isSelfCheck } = this.#extent;
      const unfit = run && unfitnessOf(run, this.#policy)?.reason;
      const done = this.runs.length;
      const progress = { side, pair, done, planned: 2 * pairs, secondsSoFar, isSelfCheck, ...present({ unfit }) };
      terminal.say(describeProgress(progress, run));
      if (done === 1 && run !== undefined)
        for (const line of [describeReplies(run), describeQuiet(run, this.#policy)])
          if (line !== undefined) terminal.say(`  ${line}`);
      return undefined;
    } finally {
      await this.#session.targets.close();
    }
  }
}

function toldRelease(load: PreparedLoad, release: string): PreparedLoad {
  return load.kind === 'script' ? load : { ...load, variables: { ...load.variables, RELEASE: release } };
}
