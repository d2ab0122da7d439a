import { judgeThreshold } from '../judge/judge-threshold.ts';
import type { Metric } from '../judge/metrics.ts';
import type { ForeignRun } from '../judge/run-summary.ts';
import type { StoredThreshold, Threshold } from '../judge/threshold.ts';
import { judgeRun } from '../judge/verdict.ts';
import type { Measured, StoredEndpoint, StoredLoad } from '../measure/measured.ts';
import type { OutcomeCounts } from '../measure/outcome.ts';

/**
 * A run that someone wrote down, such as from a report that was written by hand: our summary with parts missing, its
 * thresholds not judged yet. `hand-made.schema.json` describes it.
 */
export interface HandMadeSummary
  extends Pick<ForeignRun, 'testId' | 'runId' | 'scenario' | 'totals' | 'endpoints'>,
    Partial<
      Pick<
        ForeignRun,
        'purpose' | 'plan' | 'target' | 'system' | 'release' | 'commit' | 'endedAt' | 'durationSeconds' | 'atRest'
      >
    > {
  readonly schemaVersion: number;
  readonly source: 'hand-made';
  /** ISO 8601 UTC; the day alone where no time was written down. */
  readonly startedAt?: string;
  readonly load?: StoredLoad;
  readonly thresholds: readonly Threshold[];
}

/** Judges a run that someone wrote down, by its own thresholds. */
export function readHandMade({ schemaVersion: _, ...run }: HandMadeSummary): ForeignRun {
  const thresholds = run.thresholds.map((threshold) => judgeWhatIsKnown(threshold, run));
  const load = { ...throughputOf(run), ...run.load };
  const neverOk = run.endpoints.filter(({ outcomes, requests }) => requests > 0 && (outcomes.ok ?? 0) === 0);
  const { verdict, reasons } = judgeRun({
    // Whoever wrote no iterations down counted requests.
    load: { iterations: { completed: run.totals.requests, dropped: 0 }, ...load },
    endpoints: run.endpoints,
    thresholds,
    howToGetThresholds: 'write them down as "thresholds": [{ "metric": "okP95Ms", "limit": 500 }, ...]',
    neverOk: run.totals.requests === 0 ? [...neverOk, { requests: 0 }] : neverOk,
    k6Thresholds: [],
    k6ExitCode: 'unknown',
  });
  return {
    ...run,
    load,
    thresholds,
    k6Thresholds: [],
    atRest: run.atRest ?? [],
    verdict,
    reasons,
    lacks: lacksOf(run),
  };
}

type Run = Pick<HandMadeSummary, 'totals' | 'endpoints' | 'load' | 'durationSeconds' | 'startedAt' | 'atRest'>;

/** What requests without a recorded cause would be at worst for a metric. They had no answer: never a 5xx. */
const WORST_CAUSE: Partial<Record<Metric, 'timeout' | 'refused'>> = {
  timeoutRate: 'timeout',
  refusedOrReset: 'refused',
};

/** Where the verdict depends on causes that nobody recorded, there is none. */
function judgeWhatIsKnown(threshold: Threshold, { totals, endpoints }: Run): StoredThreshold {
  const judged = judgeThreshold(threshold, { endpoints, totals });
  const cause = WORST_CAUSE[threshold.metric];
  if (cause === undefined) return judged;
  const suppose = <Subject extends Measured>(subject: Subject): Subject => ({
    ...subject,
    outcomes: blame(subject.outcomes, cause),
  });
  const atWorst = judgeThreshold(threshold, { endpoints: endpoints.map(suppose), totals: suppose(totals) });
  if (atWorst.verdict === judged.verdict) return judged;
  const { actual: _, ...withoutActual } = judged;
  return { ...withoutActual, verdict: 'no_data' };
}

function blame({ unclassified = 0, ...outcomes }: OutcomeCounts, cause: 'timeout' | 'refused'): OutcomeCounts {
  return { ...outcomes, [cause]: (outcomes[cause] ?? 0) + unclassified };
}

function throughputOf({ totals, load }: Run): StoredLoad {
  const windowSeconds = load?.windowSeconds ?? 0;
  return windowSeconds > 0 ? { requestsPerSecond: totals.requests / windowSeconds } : {};
}

function lacksOf({ totals, endpoints, atRest, startedAt }: Run): string[] {
  const { unclassified = 0 } = totals.outcomes;
  const isOkApart = totals.latencyMs.ok.p95 !== undefined || (totals.outcomes.ok ?? 0) === 0;
  return [
    'The figures were written down by hand: nothing in this report can be traced to a measurement of ours.',
    ...(unclassified > 0
      ? ['Why requests got no response was not recorded: a timeout, a refused connection or a reset.']
      : []),
    ...(isOkApart
      ? []
      : ['The latency of successful responses was not kept apart from that of all requests, so it cannot be judged.']),
    ...missingLatencies(endpoints),
    ...(atRest === undefined
      ? [
          'The service was not looked at before the load: what is always broken cannot be told from what breaks under load.',
        ]
      : []),
    ...(startedAt === undefined
      ? ['When the run was made was not recorded.']
      : /T/.test(startedAt)
        ? []
        : ['Of the time of the run only the day was recorded.']),
    'The exit code of the load generator and the machine it ran on were not recorded.',
  ];
}

function missingLatencies(endpoints: readonly StoredEndpoint[]): string[] {
  const ids = endpoints
    .filter(({ requests, latencyMs }) => requests > 0 && latencyMs.all.p95 === undefined)
    .map(({ id }) => id);
  return ids.length === 0 ? [] : [`No p95 was recorded for ${ids.join(', ')}.`];
}
