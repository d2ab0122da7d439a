import { deliveryOf } from '../../core/judge/delivery.ts';
import type { Verdict } from '../../core/judge/verdict.ts';
import { countCutOff } from '../../core/measure/measure-journeys.ts';
import { describeShape } from '../../core/spec/describe-shape.ts';
import { present } from '../../core/spec/present.ts';
import { formatDuration } from '../../core/spec/units.ts';
import { loadModelOf, type RunEvidence } from './evidence.ts';
import { figuresOf, type ReportFigures } from './figures.ts';

/** One run of the test. */
export interface RunRow extends ReportFigures {
  readonly runId: string;
  readonly scenario: string;
  readonly plan?: string;
  readonly purpose?: string;
  readonly model?: 'open' | 'closed' | 'mixed';
  /** One line per stream of load. */
  readonly load: readonly string[];
  readonly verdict: Verdict;
  readonly startedAt?: string;
  /** What its iterations are; absent where each is a request, and for a script of others. */
  readonly iterationsAre?: 'journeys';
  /** Iterations, where it is known beforehand how many there are to be. */
  readonly planned?: number;
  /** Iterations that were done: started ones of an open model, completed ones of a closed model. */
  readonly delivered?: number;
  /** Iterations that k6 ended before they came to their end, where there were any: of journeys those that had begun. */
  readonly interrupted?: number;
  readonly loadSeconds?: number;
  readonly requestsPerSecond?: number;
}

export function runRow(run: RunEvidence): RunRow {
  const { load, plan, purpose, startedAt } = run;
  const model = loadModelOf(run);
  return {
    runId: run.runId,
    scenario: run.scenario,
    ...present({ plan, purpose, model }),
    load: streamLines(run),
    verdict: run.verdict,
    ...present({
      startedAt,
      iterationsAre: run.journeys === undefined ? undefined : ('journeys' as const),
      planned: load.plannedIterations && Math.round(load.plannedIterations),
      delivered: load.iterations && deliveryOf(load).delivered,
      interrupted: countCutOff(run) || undefined,
      loadSeconds: load.windowSeconds,
      requestsPerSecond: run.totals.requests === 0 ? undefined : load.requestsPerSecond,
    }),
    ...figuresOf(run.totals),
  };
}

function streamLines({ load, mergedFrom, journeys }: RunEvidence): string[] {
  const streams = Object.entries(load.plan ?? {});
  const lines = streams.map(
    ([name, shape]) =>
      `${streams.length > 1 ? `${name}: ` : ''}${describeShape(shape, formatDuration, journeys === undefined ? 'request' : 'journey')}`,
  );
  if (load.consecutive !== undefined) {
    const { processes, longestGapSeconds } = load.consecutive;
    lines.push(
      `by ${processes} k6 processes one after another, at most ${formatDuration(longestGapSeconds)} between two of them, whose latency distributions are combined`,
    );
  } else if (mergedFrom !== undefined)
    lines.push(`by ${mergedFrom.length} k6 processes, whose latency distributions are combined`);
  if (load.warmUpSeconds === undefined) return lines;
  return [...lines, `after a warm-up of ${formatDuration(load.warmUpSeconds)}, which is not counted`];
}
