import type { StoredRun } from '../core/judge/run-summary.ts';
import { present } from '../core/spec/present.ts';
import { decidingPercentile } from './deciding-percentile.ts';
import type { PercentileMetric, RowDefinition } from './row-definition.ts';
import { ofEachRun } from './row-figure.ts';
import { subjectIn } from './row-subject.ts';
import { goodputOf, percentileRow } from './rows-of-subject.ts';

/** What is compared of a journey, as it is of an endpoint: how long it takes, and how many do not come through. */
export function rowsOfJourney(journey: string, compared: readonly StoredRun[]): RowDefinition[] {
  const percentile = (metric: PercentileMetric) => percentileRow({ journey }, metric, 'completed journeys');
  const { metric: decides, because } = decidingPercentile(percentile, compared) ?? { metric: 'p95' as const };
  return [
    { ...percentile(decides), family: 'endpoint latency', ...present({ decidesBecause: because }) },
    ...(['p95', 'p50'] as const).filter((each) => each !== decides).map(percentile),
    {
      journey,
      metric: 'mean',
      title: 'mean of completed journeys',
      unit: 'ms',
      worse: 'higher',
      family: 'information',
      figure: ofEachRun((run) => subjectIn(run, { journey })?.latencyMs.ok.avg),
    },
    {
      journey,
      metric: 'goodput',
      title: 'completed journeys per second',
      unit: 'per second',
      worse: 'lower',
      family: 'information',
      figure: ofEachRun((run) => goodputOf(run, { journey })),
    },
    {
      journey,
      metric: 'failures',
      title: 'journeys that were not completed',
      unit: 'share',
      worse: 'higher',
      family: 'endpoint failures',
      share: (run) => {
        const { requests: ended = 0, outcomes } = subjectIn(run, { journey }) ?? {};
        return ended === 0 ? undefined : { count: ended - (outcomes?.ok ?? 0), total: ended };
      },
    },
  ];
}
