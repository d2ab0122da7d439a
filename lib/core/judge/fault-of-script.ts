import { countInterrupted, countStopped } from '../measure/measure-journeys.ts';
import type { JourneySummary, StoredEndpoint, StoredLoad } from '../measure/measured.ts';
import type { Questions } from '../questions/question.ts';
import { present } from '../spec/present.ts';
import { describeExceptions, hasAlwaysThrown } from './exceptions.ts';
import { endsByTeardown } from './k6-ending.ts';
import type { StoredThreshold } from './threshold.ts';
import { type JudgedRun, judgeRun } from './verdict.ts';

type FailedRun = JudgedRun<StoredThreshold>;

/**
 * Whether a run failed by the code of its script alone: had that not thrown, nothing that was measured would fail it. So
 * nothing shows the service to be at fault.
 */
export function isFaultOfScript(run: FailedRun, questions?: Questions): boolean {
  return hasThrown(run) && judgeRun(withoutExceptions(run), questions).verdict !== 'fail';
}

function hasThrown(run: FailedRun): boolean {
  return describeExceptions(run).length > 0 || hasAlwaysThrown(run.load) || run.load.failedTeardown !== undefined;
}

function withoutExceptions(run: FailedRun): FailedRun {
  const { load, journeys, thresholds, k6ExitCode } = run;
  const { failedTeardown: _, iterations, ...rest } = load;
  return {
    ...run,
    load: { ...rest, ...present({ iterations: iterations && { completed: 0, dropped: iterations.dropped } }) },
    ...present({ journeys: journeys?.map((journey) => withoutThrown(journey, load)) }),
    thresholds: thresholds.filter((threshold) => !isForWantOfWork(threshold, run)),
    k6ExitCode: endsByTeardown(load, k6ExitCode) ? 0 : k6ExitCode,
  };
}

/** Those that came to no end may have been lost in an exception. */
function withoutThrown(journey: JourneySummary, { iterations }: StoredLoad): JourneySummary {
  const hanging = Math.max(0, countInterrupted(journey) - (iterations?.unawaited ?? 0));
  return { ...journey, failed: 0, started: journey.completed + countStopped(journey.stoppedAt) + hanging };
}

/** Whether so little was done for exceptions alone: each reply was `ok`, and no journey stopped at one that was not. */
function isForWantOfWork({ metric, endpoint, journey }: StoredThreshold, run: FailedRun): boolean {
  if (metric === 'okReplies') return run.endpoints.filter(({ id }) => id === (endpoint ?? id)).every(isAllOk);
  if (metric !== 'journeysCompletedShare') return false;
  const stopped = run.journeys?.find(({ name }) => name === journey)?.stoppedAt ?? {};
  return countStopped(stopped) === 0;
}

function isAllOk({ requests, outcomes }: StoredEndpoint): boolean {
  return (outcomes.ok ?? 0) === requests;
}
