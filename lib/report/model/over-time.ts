import { countRequests, NO_ANSWER, type OutcomeCounts } from '../../core/measure/outcome.ts';
import type { TimelinePoint } from '../../core/measure/timeline.ts';
import { present } from '../../core/spec/present.ts';
import type { RunEvidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';
import { type LoadMark, loadMarks, marksUntil } from './load-marks.ts';

/** One run over time. */
export interface OverTime {
  readonly runId: string;
  readonly scenario: string;
  readonly periodSeconds: number;
  /** ISO 8601; absent where it is not known. */
  readonly loadStartedAt?: string;
  /** Of its load, as far as the run came. */
  readonly marks: readonly LoadMark[];
  readonly points: readonly OverTimePoint[];
}

export interface OverTimePoint extends Omit<TimelinePoint, 'outcomes'> {
  readonly ok: number;
  /** 429 replies. */
  readonly limited: number;
  /** Neither `ok` nor 429. */
  readonly failed: number;
}

export function overTime({ runId, scenario, timeline, load, loadStartedAt }: RunEvidence): OverTime | undefined {
  if (timeline === undefined || timeline.points.length === 0) return undefined;
  return {
    runId,
    scenario,
    periodSeconds: timeline.periodSeconds,
    ...present({ loadStartedAt }),
    marks: marksUntil(loadMarks(load), timeline.points.at(-1)?.atSeconds ?? 0),
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
  /** It came within a period: after the end of the one before, and until the end of its own. */
  readonly afterSeconds: number;
  readonly firstAtSeconds: number;
  /** Undefined where no period came after it: nothing shows how it would have gone on. */
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
    afterSeconds: points[first - 1]?.atSeconds ?? 0,
    firstAtSeconds: firstPoint.atSeconds,
    // In a period of both, nothing says what came first.
    answersAgain: later.length === 0 ? ofLastPeriod(answers) : later.some(({ outcomes }) => hasAnswer(outcomes)),
    lastAnswerAtSeconds: answers.at(-1)?.atSeconds,
  };
}

/** Where no reply ever came, none came after it. */
function ofLastPeriod(answers: readonly TimelinePoint[]): false | undefined {
  return answers.length === 0 ? false : undefined;
}

function hasAnswer(outcomes: OutcomeCounts): boolean {
  return countRequests(outcomes) > countOutcomes(outcomes, ...NO_ANSWER);
}
