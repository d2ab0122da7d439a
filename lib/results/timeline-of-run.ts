import path from 'node:path';
import type { StoredRun } from '../core/judge/run-summary.ts';
import type { TimelineFacts } from '../core/measure/record/timeline-of-record.ts';
import type { ParsedTimeline, TimelinePoint } from '../core/measure/timeline.ts';
import { readJson } from '../files/read-json.ts';
import { readTimeline } from './timeline.ts';

type TimedRun = TimelineFacts & { readonly load: Pick<StoredRun['load'], 'warmUpSeconds' | 'consecutive'> };

/** The run over time. One that several processes sent one after another is put together from their records. */
export function readTimelineOf(runFolder: string, run: TimedRun): ParsedTimeline {
  const { consecutive } = run.load;
  if (consecutive === undefined) return readTimeline(runFolder, run);
  const parts = Array.from({ length: consecutive.processes }, (_, i) => readPart(`${runFolder}.${i + 1}`));
  const known = parts.flatMap((part) => part ?? []);
  const startMs = Date.parse(known[0]?.loadStartedAt ?? '');
  const points = known
    .flatMap(({ loadStartedAt, points: own }): TimelinePoint[] => {
      const offset = (Date.parse(loadStartedAt) - startMs) / 1000;
      return own.map((point) => ({ ...point, atSeconds: point.atSeconds + offset }));
    })
    .sort((a, b) => a.atSeconds - b.atSeconds);
  if (points.length < 2) return { note: 'No requests over time: the records of its parts are not there.' };
  const lost = parts.length - known.length;
  return {
    timeline: { periodSeconds: known[0]?.periodSeconds ?? 1, points },
    ...(lost > 0 ? { note: `The requests over time are without those of ${lost} of ${parts.length} parts.` } : {}),
  };
}

function readPart(
  folder: string,
):
  | { readonly loadStartedAt: string; readonly points: readonly TimelinePoint[]; readonly periodSeconds: number }
  | undefined {
  try {
    const summary = readJson(path.join(folder, 'summary.json'), {
      what: 'The summary of a part cannot be read.',
      expected: 'JSON',
    }) as TimedRun;
    const { timeline } = readTimeline(folder, summary);
    if (timeline === undefined || summary.loadStartedAt === undefined) return undefined;
    return { loadStartedAt: summary.loadStartedAt, ...timeline };
  } catch {
    return undefined;
  }
}
