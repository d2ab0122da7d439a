import { mergeRuns, type RunPart } from '../core/judge/merge-runs.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import type { LoadRecord } from '../core/measure/measured.ts';
import type { RunRecord } from '../core/measure/record/read-record.ts';
import type { ServerSample } from '../core/measure/server-sample.ts';
import { answerOfWhole } from '../core/questions/table.ts';
import { type Plan, plannedSeconds } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import { readTimelineOf } from '../results/timeline-of-run.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * One summary of the whole, as if one process had sent it.
 * @param folder of the whole; those of its parts lie beside it
 * @param recordOf what a part recorded, read when it is asked for
 */
export function mergeSegments(
  summaries: readonly RunSummary[],
  planned: number,
  folder: string,
  recordOf: (summary: RunSummary) => RunRecord | undefined,
  serverSamples: readonly ServerSample[],
): RunSummary {
  return mergeRuns(withRecords(summaries, recordOf), (whole) => {
    const { plan, plannedIterations } = whole.load;
    const load: LoadRecord = {
      ...whole.load,
      ...present({
        plannedIterations: plannedIterations && (plannedIterations * planned) / summaries.length,
      }),
      plan: lengthened(plan, planned),
      consecutive: { processes: planned, longestGapSeconds: longestGap(summaries) },
    };
    const [first] = summaries;
    if (first === undefined) throw new Error('A run without parts');
    const timeline = () => readTimelineOf(folder, { ...first, load }).timeline;
    const study = answerOfWhole(first.study, { run: { ...whole, load }, timeline, serverSamples });
    return {
      load,
      fingerprint: fingerprintOf({ ...first, load }, first.k6Version),
      ...present({ study }),
    };
  });
}

function* withRecords(
  summaries: readonly RunSummary[],
  recordOf: (summary: RunSummary) => RunRecord | undefined,
): Generator<RunPart> {
  for (const summary of summaries) yield { summary, ...present({ record: recordOf(summary) }) };
}

/** The plan of one part, as long as all of them. */
function lengthened(plan: Plan, parts: number): Plan {
  return Object.fromEntries(
    Object.entries(plan).map(([stream, shape]) => [
      stream,
      'durationSeconds' in shape ? { ...shape, durationSeconds: shape.durationSeconds * parts } : shape,
    ]),
  );
}

/** Between the planned end of one part's load and the beginning of the next. */
function longestGap(summaries: readonly RunSummary[]): number {
  const gaps = summaries.slice(1).map(({ loadStartedAt }, i) => {
    const before = summaries[i];
    const seconds = Math.max(0, ...Object.values(before?.load.plan ?? {}).map((shape) => plannedSeconds(shape) ?? 0));
    return (Date.parse(loadStartedAt ?? '') - Date.parse(before?.loadStartedAt ?? '')) / 1000 - seconds;
  });
  return Math.max(0, ...gaps.filter(Number.isFinite));
}
