import type { LoadRecord } from '../measure/measured.ts';
import type { RunRecord } from '../measure/record/read-record.ts';
import type { Study } from '../questions/table.ts';
import { present } from '../spec/present.ts';
import { dayOf } from '../spec/waiver.ts';
import { compactRun } from './compact-run.ts';
import { expectOneRun } from './expect-one-run.ts';
import { judgeThreshold } from './judge-threshold.ts';
import { mergeAtRest, mergeEndpoint, mergeMeasured, rowsOf } from './merge-figures.ts';
import { mergeJourneys } from './merge-journeys.ts';
import { mergeLoad } from './merge-load.ts';
import { earliestOf, exitCodeOf, hostOf, instanceOf, timesOf } from './processes.ts';
import { RecordsTogether } from './records-together.ts';
import type { RunSummary } from './run-summary.ts';
import { limitSetBy } from './threshold.ts';
import { judgeRun } from './verdict.ts';

/** One of the k6 processes of a run. */
export interface RunPart {
  readonly summary: RunSummary;
  /** What it recorded, read with WATCHES; absent where it left no record, or it is gone. */
  readonly record?: RunRecord;
}

/**
 * Folds the summaries of several k6 processes of one run into one. Counts are sums and exact. Where each part has its
 * record, percentiles are those of all samples together, within 1 %, and on the right side of every declared limit; else
 * they are those of the mixture of the quantiles in the summaries. Each has a bracket in which it surely lies. Rates
 * divide by the time from the first start to the last end; users add up only where processes ran at the same time.
 * @param completed what is known of the whole beyond its parts: where they followed each other, and what a study found
 * @param measured taken one by one: each may go as soon as the next one is asked for
 * @throws UserError for summaries that are not the processes of one run, or not all of them
 */
export function mergeRuns(
  measured: Iterable<RunPart>,
  completed: (merged: Pick<RunSummary, 'load' | 'loadStartedAt'>) => MergedAnswer = () => ({}),
): RunSummary {
  const records = new RecordsTogether();
  const parts = Array.from(measured, ({ summary, record }) => {
    records.add(summary, record);
    return compactRun(summary);
  }).sort((a, b) => a.instance - b.instance);
  expectOneRun(parts);
  const [first] = parts;
  const recorded = records.whole();
  const endpoints = rowsOf(parts).map((endpoint) =>
    mergeEndpoint(endpoint, parts, recorded?.endpoints.get(endpoint.id)),
  );
  const journeys = mergeJourneys(parts, recorded?.journeys);
  const totals = mergeMeasured(
    parts.map((part) => part.totals),
    recorded?.totals,
  );
  const began = present({ loadStartedAt: earliestOf(parts.flatMap(({ loadStartedAt }) => loadStartedAt ?? [])) });
  const merged = mergeLoad(parts, totals);
  const { study, load = merged, fingerprint = first.fingerprint } = completed({ load: merged, ...began });
  const times = timesOf(parts);
  const k6ExitCode = exitCodeOf(parts);
  const mergedFrom = parts.map(instanceOf);
  const { verdict, reasons, thresholds } = judgeRun({
    thresholds: first.thresholds.map((threshold) =>
      judgeThreshold(
        limitSetBy(threshold),
        { endpoints, totals, load, ...present({ study, journeys, custom: recorded?.custom }) },
        dayOf(new Date(times.endedAt)),
      ),
    ),
    endpoints,
    ...present({ journeys }),
    load,
    ...present({ study }),
    k6Thresholds: [],
    k6ExitCode,
    mergedFrom,
  });
  const { k6ExitCode: _, loadStartedAt: __, study: ___, isUnrecorded: ____, journeys: _____, ...rest } = first;
  return {
    ...rest,
    instance: 1,
    mergedFrom,
    verdict,
    reasons,
    ...times,
    ...began,
    ...present({ k6ExitCode }),
    host: hostOf(parts),
    load,
    totals,
    endpoints,
    ...present({ journeys }),
    thresholds,
    k6Thresholds: [],
    atRest: mergeAtRest(parts),
    fingerprint,
    ...present({
      study,
      overTime: recorded?.overTime({ ...began, load, endpoints }),
      custom: recorded?.custom,
      isUnrecorded: parts.some(({ isUnrecorded }) => isUnrecorded === true) ? (true as const) : undefined,
    }),
  };
}

/** What the parts of a run do not say of the whole. */
export interface MergedAnswer {
  readonly load?: LoadRecord;
  readonly study?: Study;
  readonly fingerprint?: string;
}
