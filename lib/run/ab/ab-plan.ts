import { asStored, type StoredRun } from '../../core/judge/run-summary.ts';
import { EXIT } from '../../core/spec/exit-codes.ts';
import { present } from '../../core/spec/present.ts';
import type { Side } from '../../results/ab-record.ts';
import type { Project } from '../../results/project.ts';
import { runOnce } from '../run-once.ts';
import { openTargetFor, type Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { describeProgress } from './ab-progress.ts';
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
  readonly #startedAtMs = Date.now();

  constructor(session: Session, extent: AbExtent, base: Arm, head: Arm) {
    this.#session = session;
    this.#extent = extent;
    this.#arms = [base, head];
  }

  get project(): Project {
    return this.#session.project;
  }

  /** @returns the exit code of an interruption, if there was one */
  async runPairs(look: number): Promise<number | undefined> {
    const { pairs } = this.#extent;
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
    const { interruption } = this.#session;
    const opened = await openTargetFor(this.#session, scenario, target);
    if (opened === undefined || interruption.isStopped()) return interruption.exitCode();
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
      const { isSelfCheck } = this.#extent;
      const progress = { side, pair, done: this.runs.length, planned: 2 * pairs, secondsSoFar, isSelfCheck };
      terminal.say(describeProgress(progress, summary));
      return undefined;
    } finally {
      await this.#session.targets.close();
    }
  }
}
