import { type Plan, plannedSeconds } from '../core/load-shape.ts';
import type { LoadRecord } from '../core/measured.ts';
import { mergeRuns } from '../core/merge-runs.ts';
import { present } from '../core/present.ts';
import type { RunSummary } from '../core/run-summary.ts';
import { type ServerSample, studySoak } from '../core/studies/soak.ts';
import { fingerprintOf } from './complete-summary.ts';
import { readTimelineOf } from './timeline-of-run.ts';

/** One summary of the whole, as if one process had sent it. */
export function mergeSegments(
  summaries: readonly RunSummary[],
  planned: number,
  folder: string,
  serverSamples: readonly ServerSample[],
): RunSummary {
  return mergeRuns(summaries, (whole) => {
    const soakOf = (first: RunSummary, load: LoadRecord) =>
      studySoak(readTimelineOf(folder, { ...first, load }).timeline, serverSamples, {
        loadStartedAt: whole.loadStartedAt,
        seconds: load.windowSeconds,
        hasServerMetrics: serverSamples.length > 0,
      });
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
    return {
      load,
      fingerprint: fingerprintOf({ ...first, load }, first.k6Version),
      ...present({ study: first.study?.kind === 'soak' ? soakOf(first, load) : undefined }),
    };
  });
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
