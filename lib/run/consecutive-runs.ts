import { setTimeout as sleep } from 'node:timers/promises';
import { k6SummaryOf } from '../core/judge/k6-summary/k6-summary.ts';
import { asStored, type RunSummary } from '../core/judge/run-summary.ts';
import { exitCodeOfRun } from '../core/judge/verdict.ts';
import type { ServerSample } from '../core/measure/server-sample.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
import { formatCount, formatDuration } from '../core/spec/units.ts';
import { fileMistake } from '../files/file-mistake.ts';
import { wait } from '../process/wait.ts';
import { KeptResults } from '../results/kept-results.ts';
import { tryToReadRecordIn } from '../results/record.ts';
import { createRunFolder, type RunFolder } from '../results/run-folder.ts';
import { type Conclusion, concludeRun, prepareConclusion } from './conclude-run.ts';
import { type Cut, cutOf } from './cut-load.ts';
import { handOver, type Runner } from './hand-over.ts';
import { type StartedK6, startK6, stopInTurns } from './k6/k6-process.ts';
import { hiddenProgress, k6AsItIs, type ProgressDisplay, progressDisplay } from './k6/show-progress.ts';
import { LiveRecord } from './live/live-record.ts';
import { mergeSegments } from './merge-segments.ts';
import type { PreparedScenario } from './prepare-scenarios.ts';
import { prepareSegment, type Segment } from './prepare-segment.ts';
import { type Readings, takeReadings } from './readings.ts';
import { reportRun } from './run-once.ts';
import { readServerMetrics, type ServerMetrics } from './server-metrics.ts';
import { openTargetFor, type Session } from './session.ts';
import { startOfLoad } from './start-of-load.ts';
import type { OpenTarget } from './target/target.ts';
import { writeSummary } from './write-summary.ts';

/**
 * Sends a load that stays as it is in consecutive parts, each by a k6 process of its own. The next process waits, ready, and takes over in the moment in which the
 * load of the one before ends; what that one still waits for finishes beside it. The summaries are merged into one.
 *
 * @returns the exit code
 * @throws UserError for a load that cannot be cut
 */
export async function runConsecutively(
  session: Session,
  scenario: PreparedScenario,
  segmentSeconds: number,
): Promise<number> {
  const { terminal, project, interruption } = session;
  const cut = cutOf(scenario, segmentSeconds);
  terminal.say(
    `${formatCount(cut.parts)} chunks of ${formatDuration(cut.secondsEach)}, each by a k6 process of its own.`,
  );
  const target = await openTargetFor(session, scenario);
  if (target === undefined) return interruption.exitCode();
  const folder = createRunFolder(project, scenario.name, new Date(), true);
  const segments = new Segments(session, scenario, target, cut, folder.runId);
  if (!interruption.startLoad(segments.stop)) return interruption.exitCode();
  try {
    await handOver(cut, (part) => segments.start(part));
    return await concludeWhole(session, folder, cut, segments);
  } finally {
    await segments.abandon();
    interruption.endLoad();
  }
}

/** Merges what the parts left. @returns the exit code */
async function concludeWhole(session: Session, folder: RunFolder, cut: Cut, segments: Segments): Promise<number> {
  const conclusions = await segments.conclusions();
  const summaries = conclusions.flatMap((each) => (each.kind === 'measured' ? [each.summary] : []));
  if (conclusions.length === 0) return EXIT.interrupted;
  const [code] = conclusions.flatMap((each) => (each.kind === 'no_summary' ? [each.exitCode] : []));
  if (summaries.length < 2) {
    session.terminal.say(
      `Of ${cut.parts} parts ${summaries.length} left a summary: there is nothing to merge. What there is lies in ${folder.path}.1.`,
    );
    return code ?? summaries[0]?.k6ExitCode ?? EXIT.noSummary;
  }
  const recordOf = ({ instance }: RunSummary) => tryToReadRecordIn(`${folder.path}.${instance}`);
  const merged = mergeSegments(summaries, cut.parts, folder.path, recordOf, await segments.serverSamples());
  const kept = new KeptResults(folder.path);
  kept.write('summary.json', `${JSON.stringify(merged, null, 1)}\n`);
  await reportRun(session, folder.path, asStored(merged), kept);
  kept.tell(session.terminal);
  return code ?? exitCodeOfRun(merged, merged.k6ExitCode);
}

const POLL_MS = 20;

/** The parts of one load, as far as their processes were started. */
class Segments {
  readonly #session: Session;
  readonly #scenario: PreparedScenario;
  readonly #target: OpenTarget;
  readonly #cut: Cut;
  readonly #runId: string;
  readonly #running = new Set<StartedK6>();
  readonly #conclusions: Promise<Conclusion>[] = [];
  #serverMetrics: ServerMetrics | undefined;
  #isStopped = false;
  #shownPart = 0;

  constructor(session: Session, scenario: PreparedScenario, target: OpenTarget, cut: Cut, runId: string) {
    this.#session = session;
    this.#scenario = scenario;
    this.#target = target;
    this.#cut = cut;
    this.#runId = runId;
    const stop = stopInTurns((signal) => this.#kill(signal), session.terminal.say);
    this.stop = (times) => {
      this.#isStopped = true;
      stop(times);
    };
  }

  /** What a signal does. */
  readonly stop: (times: number) => void;

  /** Starts the process of a part, paused; undefined where the load was stopped. */
  async start(part: number): Promise<Runner | undefined> {
    const { parts, secondsEach } = this.#cut;
    const segment = await this.#prepare(part, secondsEach);
    if (segment === undefined) return undefined;
    const { metricsUrl } = segment.ordered;
    if (metricsUrl !== undefined) this.#serverMetrics ??= await readServerMetrics(metricsUrl);
    // A signal that came meanwhile has not reached the process that would be started now.
    if (this.#isStopped) return undefined;
    const over = this.#run(segment);
    const goesOn = () => !over.aborted && !this.#isStopped;
    return {
      untilReady: async () => {
        while (goesOn() && !(await segment.api.isReady())) await sleep(POLL_MS);
        return goesOn();
      },
      until: async (atMs) => (await wait(atMs - Date.now(), over)) && goesOn(),
      letGo: async () => {
        await segment.api.letGo();
        this.#session.terminal.say(`Chunk ${part} of ${parts} has begun.`);
      },
      startOfLoad: () => startOfLoad(segment.ordered.folder, over),
    };
  }

  /** A part that cannot be sent any more takes nothing away from those before it. */
  async #prepare(part: number, seconds: number): Promise<Segment | undefined> {
    try {
      return await prepareSegment(this.#session, this.#scenario, this.#target, this.#runId, part, seconds);
    } catch (error) {
      const mistake = fileMistake(error);
      if (part === 1 || mistake === undefined) throw error;
      this.#session.terminal.say(mistake.message);
      return undefined;
    }
  }

  /** @returns what is aborted when the process has ended */
  #run(segment: Segment): AbortSignal {
    const before = takeReadings();
    prepareConclusion(this.#session, segment.ordered, before);
    const k6 = startK6(segment.ordered.k6, this.#displayOf(segment));
    this.#running.add(k6);
    // Ends whatever waits for it: a timer that is left would keep us alive until its time.
    const over = new AbortController();
    const concluded = k6.ended
      .finally(() => {
        this.#running.delete(k6);
        over.abort();
      })
      .then((end) => concludeSegment(this.#session, segment, this.#cut.parts, before, end));
    // What goes wrong in it is told when all of them have ended.
    concluded.catch(() => {});
    this.#conclusions.push(concluded);
    return over.signal;
  }

  /** Two of them run at a time: on a terminal that one is shown which began last, in a log none. */
  #displayOf({ part, ordered }: Segment): ProgressDisplay {
    const { terminal, request } = this.#session;
    const { parts, secondsEach } = this.#cut;
    if (request.k6Output === true) return k6AsItIs(terminal);
    if (terminal.live === undefined) return hiddenProgress(terminal);
    const display = progressDisplay(terminal, {
      title: this.#scenario.name,
      label: `Chunk ${part}/${parts}`,
      plannedSeconds: secondsEach,
      record: new LiveRecord(ordered.folder.recordFile),
      saysWhenLoadStarts: true,
    });
    return {
      ...display,
      show: (progress) => {
        if (progress.isPaused || part < this.#shownPart) return;
        this.#shownPart = part;
        display.show(progress);
      },
      end: () => {
        if (part === this.#shownPart) display.end();
      },
    };
  }

  /** When all of them have ended. */
  conclusions(): Promise<Conclusion[]> {
    return Promise.all(this.#conclusions);
  }

  async serverSamples(): Promise<readonly ServerSample[]> {
    return (await this.#serverMetrics?.end()) ?? [];
  }

  /** Leaves nothing behind that still runs. */
  async abandon(): Promise<void> {
    this.#kill('SIGKILL');
    await this.#serverMetrics?.end();
  }

  #kill(signal: NodeJS.Signals): void {
    for (const k6 of this.#running) k6.kill(signal);
  }
}

async function concludeSegment(
  session: Session,
  { part, ordered }: Segment,
  of: number,
  before: Readings,
  end: Awaited<StartedK6['ended']>,
): Promise<Conclusion> {
  const conclusion = await concludeRun(session, ordered, before, end, []);
  if (conclusion.kind === 'no_summary') return conclusion;
  const { load } = conclusion.summary;
  const summary = { ...conclusion.summary, instance: part, load: { ...load, consecutivePart: { of } } };
  const kept = new KeptResults(ordered.folder.path);
  writeSummary(ordered.folder, summary, k6SummaryOf(summary, conclusion.measurement), (name, content) =>
    kept.write(name, content),
  );
  kept.tell(session.terminal);
  return { ...conclusion, summary };
}
