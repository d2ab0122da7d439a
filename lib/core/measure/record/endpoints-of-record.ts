import { groupBy } from '../../spec/group-by.ts';
import type { EndpointOverTime, EndpointsOverTime } from '../endpoints-over-time.ts';
import type { MeasuredRun } from '../measured.ts';
import type { CourseLane } from './course.ts';
import { stretchesOf, type Tally, tallyOf } from './over-time.ts';
import type { RunRecord } from './read-record.ts';

/** What must be known of a run to tell its endpoints over time. */
export interface LoadedEndpoints extends Pick<MeasuredRun, 'loadStartedAt'> {
  readonly load: Partial<Pick<MeasuredRun['load'], 'windowSeconds'>>;
  readonly endpoints: readonly { readonly id: string }[];
}

/** Each endpoint of a run over time; undefined where the load never began, or was over within a period. */
export function endpointsOfRecord(
  { rowsOverTime }: Pick<RunRecord, 'rowsOverTime'>,
  { loadStartedAt, load: { windowSeconds = 0 }, endpoints }: LoadedEndpoints,
  checksContent: boolean,
): EndpointsOverTime | undefined {
  if (loadStartedAt === undefined) return undefined;
  const startedAtMs = Date.parse(loadStartedAt);
  const stretches = stretchesOf(rowsOverTime, startedAtMs, startedAtMs + windowSeconds * 1000);
  if (stretches.length < 2) return undefined;
  const lanesOf = byRow(rowsOverTime.lanes);
  return {
    atSeconds: stretches.map(({ toMs }) => (toMs - startedAtMs) / 1000),
    endpoints: endpoints.map(({ id }) => {
      const lanes: readonly CourseLane[] = lanesOf.get(id) ?? [];
      return { id, ...inColumns(stretches.map((stretch) => tallyOf(lanes, stretch, checksContent))) };
    }),
  };
}

export function inColumns(
  tallies: readonly Pick<Tally, 'requests' | 'outcomes' | 'okMs'>[],
): Omit<EndpointOverTime, 'id'> {
  const rounded = (ms: number | undefined) => (ms === undefined ? null : Number(ms.toPrecision(5)));
  return {
    requests: tallies.map(({ requests }) => requests),
    ok: tallies.map(({ outcomes }) => outcomes.ok ?? 0),
    limited: tallies.map(({ outcomes }) => outcomes.rate_limited ?? 0),
    okP50Ms: tallies.map(({ okMs }) => rounded(okMs?.p50)),
    okP95Ms: tallies.map(({ okMs }) => rounded(okMs?.p95)),
  };
}

/** The lanes of a course by their rows. */
export function byRow(lanes: readonly CourseLane[]): Map<string | undefined, CourseLane[]> {
  return groupBy(lanes, ({ row }) => row);
}
