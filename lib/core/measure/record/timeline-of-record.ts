import { present } from '../../spec/present.ts';
import { sum } from '../../spec/sum.ts';
import { formatCount, formatDuration } from '../../spec/units.ts';
import type { MeasuredRun } from '../measured.ts';
import { addOutcomes } from '../outcome.ts';
import type { ParsedTimeline, TimelinePoint } from '../timeline.ts';
import { type Stretch, stretchesOf, tallyOf, usualLengthMs } from './over-time.ts';
import type { RunRecord } from './read-record.ts';

/** What the record does not say of its run, and the summary does. */
export interface TimelineFacts extends Pick<MeasuredRun, 'loadStartedAt' | 'totals'> {
  readonly load?: Partial<Pick<MeasuredRun['load'], 'windowSeconds'>>;
}

/**
 * The run over time: outcome by outcome its points add up to the totals of the run.
 * @param record read with WATCHES
 */
export function timelineOfRecord(
  record: Pick<RunRecord, 'overTime' | 'isWhole' | 'lastAtMs'>,
  facts: TimelineFacts,
  checksContent: boolean,
): ParsedTimeline {
  if (facts.loadStartedAt === undefined) return without('the load never began');
  const startedAtMs = Date.parse(facts.loadStartedAt);
  const { lanes } = record.overTime;
  const stretches = stretchesOf(record.overTime, startedAtMs, endOfLoadMs(record, facts, startedAtMs));
  const points = withWhatNobodyObserved(
    stretches.map((stretch) => pointOf(stretch, tallyOf(lanes, stretch, checksContent), startedAtMs)),
    facts,
  );
  const counted = sum(points.map(({ requests }) => requests));
  if (counted === 0) return without('the record has no request of the load');
  if (points.length < 2) return without('the load was over within one period of the record');
  const note = whatIsMissing(record, points, counted, facts.totals.requests);
  return { timeline: { periodSeconds: usualLengthMs(stretches) / 1000, points }, ...present({ note }) };
}

export function without(reason: string): ParsedTimeline {
  return { note: `No requests over time: ${reason}.` };
}

/** After it come only the replies that were waited for, and the end of the script. */
function endOfLoadMs({ lastAtMs }: Pick<RunRecord, 'lastAtMs'>, { load }: TimelineFacts, startedAtMs: number): number {
  const windowSeconds = load?.windowSeconds ?? 0;
  return windowSeconds > 0 ? startedAtMs + windowSeconds * 1000 : lastAtMs;
}

function pointOf(
  { fromMs, toMs }: Stretch,
  { requests, ...tally }: ReturnType<typeof tallyOf>,
  startedAtMs: number,
): TimelinePoint {
  return {
    atSeconds: (toMs - startedAtMs) / 1000,
    requests,
    ...tally,
    requestsPerSecond: (requests * 1000) / (toMs - fromMs),
  };
}

/** Only the end of a run can cut a script off between a reply and what its check says. */
function withWhatNobodyObserved(points: readonly TimelinePoint[], { totals }: TimelineFacts): TimelinePoint[] {
  const { unclassified = 0 } = totals.outcomes;
  const last = points.at(-1);
  if (unclassified === 0 || last === undefined) return [...points];
  const outcomes = addOutcomes([last.outcomes, { unclassified }]);
  return [...points.slice(0, -1), { ...last, requests: last.requests + unclassified, outcomes }];
}

function whatIsMissing(
  { isWhole }: Pick<RunRecord, 'isWhole'>,
  points: readonly TimelinePoint[],
  counted: number,
  requests: number,
): string | undefined {
  if (!isWhole) {
    const end = formatDuration(points.at(-1)?.atSeconds ?? 0);
    return `The record was cut off ${end} into the load: nothing is known of what came after.`;
  }
  if (counted === requests) return undefined;
  return `The requests over time are ${formatCount(counted)} of ${formatCount(requests)} requests.`;
}
