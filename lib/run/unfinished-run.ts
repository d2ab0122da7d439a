import type { K6Measurement } from '../core/judge/measurement.ts';
import type { RunSummary } from '../core/judge/run-summary.ts';
import { present } from '../core/spec/present.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type Circumstances, completeSummary } from './complete-summary.ts';
import { lastChangeOf } from './unfinished-file.ts';
import { whatWasLeft } from './what-was-left.ts';

type Stored = Omit<Circumstances, 'startedAt' | 'endedAt' | 'events' | 'record'>;

/**
 * What only the tool knows of a run, kept beside k6's figures until the summary is made of both: should the tool be
 * killed before that, `report` and `gate` make it.
 */
export interface UnfinishedRun extends Stored {
  readonly runId: string;
  readonly startedAt: string;
  /** Where the run is a consecutive part of a larger one: which. */
  readonly instance?: number;
  /** Absent until k6 has ended: then nobody knows how it did. */
  readonly endedAt?: string;
}

/** What was made of an unfinished run, and of what. */
export interface Finished {
  readonly summary: RunSummary;
  readonly measurement: K6Measurement;
}

/**
 * The summary of a run that the tool did not finish. One of which nobody saw how k6 ended was cut off, for all that is
 * known: it is incomplete.
 * @returns undefined where k6's figures are not whole, or not this run's
 * @throws Error for figures that contradict each other
 */
export function completeUnfinished(
  folder: RunFolder,
  { runId, instance, startedAt, endedAt, ...rest }: UnfinishedRun,
): Finished | undefined {
  const left = whatWasLeft({ ...folder, runId });
  if (left.kind === 'nothing') return undefined;
  const { measurement } = left;
  const summary = completeSummary(measurement, {
    ...rest,
    startedAt: new Date(startedAt),
    endedAt: endedAt === undefined ? lastChangeOf(folder) : new Date(endedAt),
    events: left.events,
    record: left.record,
  });
  return { summary: { ...summary, ...present({ instance }) }, measurement };
}
