import { countRequests, NO_ANSWER, type OutcomeCounts } from '../../core/outcome.ts';
import type { TimelinePoint } from '../../core/timeline.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';

/** One run over time. */
export interface OverTime {
  readonly runId: string;
  readonly scenario: string;
  readonly periodSeconds: number;
  readonly points: readonly OverTimePoint[];
}

export interface OverTimePoint extends Omit<TimelinePoint, 'outcomes'> {
  readonly ok: number;
  /** 429 replies. */
  readonly limited: number;
  /** Neither `ok` nor 429. */
  readonly failed: number;
}

export function overTime({ runId, scenario, timeline }: RunEvidence): OverTime | undefined {
  if (timeline === undefined || timeline.points.length === 0) return undefined;
  return {
    runId,
    scenario,
    periodSeconds: timeline.periodSeconds,
    points: timeline.points.map(({ outcomes, ...point }) => {
      const ok = countOutcomes(outcomes, 'ok');
      const limited = countOutcomes(outcomes, 'rate_limited');
      return { ...point, ok, limited, failed: countRequests(outcomes) - ok - limited };
    }),
  };
}

/** What is said of all runs alike is said once. */
export function overTimeNotes(runs: readonly RunEvidence[]): string[] {
  const notes = runs.flatMap(({ scenario, timelineNote }) =>
    timelineNote === undefined ? [] : [{ scenario, note: timelineNote }],
  );
  const isCommon = notes.length === runs.length && new Set(notes.map(({ note }) => note)).size === 1;
  return [
    ...new Set(notes.map(({ scenario, note }) => (isCommon || runs.length === 1 ? note : `${scenario}: ${note}`))),
  ];
}

/** How a run went on after its first refused or reset connection. */
export interface Ending {
  readonly firstAtSeconds: number;
  /** Undefined where nothing was sent after it, and nothing shows how it would have gone on. */
  readonly answersAgain: boolean | undefined;
  /** Undefined where no reply ever came. */
  readonly lastAnswerAtSeconds: number | undefined;
}

/** Undefined where nothing was refused or reset, or when is not known. */
export function endingOf({ timeline }: RunEvidence): Ending | undefined {
  const points = timeline?.points ?? [];
  const first = points.findIndex(({ outcomes }) => countOutcomes(outcomes, 'refused', 'reset') > 0);
  const firstPoint = points[first];
  if (firstPoint === undefined) return undefined;
  const answers = points.filter(({ outcomes }) => hasAnswer(outcomes));
  const later = points.slice(first + 1).filter(({ requests }) => requests > 0);
  return {
    firstAtSeconds: firstPoint.atSeconds,
    answersAgain: later.length === 0 ? ofLastPeriod(firstPoint) : later.some(({ outcomes }) => hasAnswer(outcomes)),
    lastAnswerAtSeconds: answers.at(-1)?.atSeconds,
  };
}

/** In a period of both, nothing says what came first; where most was refused, refusals came last. */
function ofLastPeriod({ outcomes, requests }: TimelinePoint): false | undefined {
  return countOutcomes(outcomes, 'refused') > requests / 2 ? false : undefined;
}

function hasAnswer(outcomes: OutcomeCounts): boolean {
  return countRequests(outcomes) > countOutcomes(outcomes, ...NO_ANSWER);
}
