import { countEnded, countInterrupted } from '../../core/measure/measure-journeys.ts';
import type { JourneySummary } from '../../core/measure/measured.ts';
import { present } from '../../core/spec/present.ts';
import type { RunEvidence } from './evidence.ts';
import type { LatencyFigures } from './figures.ts';
import type { ThresholdRow } from './thresholds.ts';

/** The journeys of one name in one run: those that were started completed, stopped, failed or were interrupted. */
export interface JourneyRow extends Pick<JourneySummary, 'name' | 'weight' | 'started' | 'completed' | 'failed'> {
  readonly scenario: string;
  /** Where they ended at a reply that was not ok, by the id of its endpoint: the commonest first. */
  readonly stops: readonly { readonly endpoint: string; readonly count: number }[];
  readonly interrupted: number;
  /** 0-1 of those that ended by themselves; absent where none did. */
  readonly completedShare?: number;
  /** Absent where it is not known how long the load lasted. */
  readonly completedPerSecond?: number;
  /** Of the completed ones, in milliseconds, pauses on the way included. */
  readonly durationMs: LatencyFigures;
  /** Its own. */
  readonly thresholds: readonly ThresholdRow[];
}

/** Run by run, in the order of the test. */
export function journeyRows(runs: readonly RunEvidence[], thresholds: readonly ThresholdRow[]): JourneyRow[] {
  return runs.flatMap((run) =>
    (run.journeys ?? []).map((journey) =>
      journeyRow(
        journey,
        run,
        thresholds.filter((each) => each.journey === journey.name && each.scenario === run.scenario),
      ),
    ),
  );
}

function journeyRow(
  journey: JourneySummary,
  { scenario, load: { windowSeconds = 0 } }: RunEvidence,
  thresholds: readonly ThresholdRow[],
): JourneyRow {
  const { name, weight, started, completed, failed, durationMs } = journey;
  const { ladder: _, ...figures } = durationMs;
  const ended = countEnded(journey);
  return {
    scenario,
    name,
    ...present({ weight }),
    started,
    completed,
    stops: stopsOf(journey),
    failed,
    interrupted: countInterrupted(journey),
    ...present({
      completedShare: ended > 0 ? completed / ended : undefined,
      completedPerSecond: windowSeconds > 0 ? completed / windowSeconds : undefined,
    }),
    durationMs: figures,
    thresholds,
  };
}

/** The commonest first. */
export function stopsOf({ stoppedAt }: Pick<JourneySummary, 'stoppedAt'>): { endpoint: string; count: number }[] {
  return Object.entries(stoppedAt)
    .map(([endpoint, count]) => ({ endpoint, count }))
    .sort((a, b) => b.count - a.count);
}
