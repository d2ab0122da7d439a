import type { ForeignRun } from '../judge/run-summary.ts';
import { judgeRun } from '../judge/verdict.ts';
import { OWN_METRICS } from '../measure/k6-metrics.ts';
import type { StoredLoad } from '../measure/measured.ts';
import { present } from '../spec/present.ts';
import { repliesByStatus } from './count-causes.ts';
import { readHandleSummary } from './handle-summary.ts';
import { findImpossible, findNotNumbers } from './impossible.ts';
import type { K6File } from './k6-file.ts';
import { HOW_TO_GET_THRESHOLDS, type K6Shape, lacksOf, lacksOfOthers } from './lacks.ts';
import { lacksOfOwn, NO_WORDS } from './lacks-of-own.ts';
import { findLostThresholds } from './lost-thresholds.ts';
import { readMachineReadable } from './machine-readable.ts';
import { type CountedRequests, measureRequests, NO_REQUESTS, withoutDoubt } from './measure-requests.ts';
import { cannotBeOfRequests, neverBetter, notToBeJudged } from './never-better.ts';
import { otherFigures } from './other-figures.ts';
import { hasOtherWork } from './other-work.ts';
import { isOwn, ownWindow, verdictIn } from './own-summary.ts';
import { readChecks } from './read-checks.ts';
import { readEndpoints, type TaggedEndpoints } from './read-endpoints.ts';
import { readThresholds } from './read-thresholds.ts';
import { readScriptFile } from './script/read-script-file.ts';
import { scriptFileParts } from './script/script-file-parts.ts';
import { readSummaryExport } from './summary-export.ts';

/** What a run is called whose file does not say it. */
export interface FileIdentity {
  readonly runId: string;
  readonly name: string;
}

type Json = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<K6Shape, (json: Json) => K6File>> = {
  handleSummary: readHandleSummary,
  'summary-export': readSummaryExport,
  'machine-readable': readMachineReadable,
};

/**
 * A run from one of k6's own summaries. What k6 counted is taken as it is; of everything else in the file, which can
 * hold secrets (`setup_data`, the script, queries in URLs), nothing is.
 */
export function readK6Summary(shape: K6Shape, json: Json, { runId, name }: FileIdentity): ForeignRun {
  const file = READERS[shape](json);
  const ofScript = scriptFileParts(file);
  if (ofScript !== undefined)
    return { ...readScriptFile(ofScript, file, json), source: shape, runId, testId: name, scenario: name };
  const counted = measureRequests(file) ?? NO_REQUESTS;
  const tagged = readEndpoints(file);
  const impossible = [...findImpossible(file), ...findNotNumbers(json)];
  const { thresholds, k6Thresholds, unread } = readThresholds(file, new Set(impossible.map(({ metric }) => metric)));
  const scriptChecks = readChecks(json, file);
  const cannotBe = [
    ...impossible.map(({ text }) => text),
    ...(scriptChecks.contradiction === undefined ? [] : [scriptChecks.contradiction]),
  ];
  const { figures, left } = otherFigures(file);
  const totals = withoutDoubt(counted);
  const load = readLoad(file, totals.requests);
  const { durationSeconds, k6Version, endedAt } = file;
  const endpoints = tagged.endpoints.map(withoutDoubt);
  const storedVerdict = verdictIn(file);
  const judged = judgeRun({
    load,
    endpoints,
    thresholds,
    unread,
    howToGetThresholds: storedVerdict === undefined ? HOW_TO_GET_THRESHOLDS[shape] : NO_WORDS,
    ...present({ neverOk: storedVerdict === undefined ? neverOk(file, counted, tagged) : undefined }),
    k6Thresholds: [],
    k6ExitCode: 'unknown',
  });
  const { verdict, reasons } = neverBetter(
    notToBeJudged(judged, [...cannotBeOfRequests(impossible), ...findLostThresholds(json, file)]),
    storedVerdict,
  );
  const lacks =
    storedVerdict === undefined
      ? lacksOf(shape, file, counted, tagged, unread)
      : lacksOfOwn(endpoints.length, totals.latencyMs.all.count - totals.requests);
  return {
    source: shape,
    lacks: [...lacks, ...lacksOfOthers(scriptChecks, left, cannotBe)],
    runId,
    testId: name,
    scenario: name,
    verdict,
    reasons,
    ...present({ durationSeconds, k6Version, endedAt }),
    load,
    totals,
    endpoints,
    thresholds,
    k6Thresholds,
    atRest: [],
    k6: { statuses: repliesByStatus(file), checks: scriptChecks.checks, figures, impossible: cannotBe },
  };
}

/** Of which requests it is known that none of them was ok, or that there was none. */
function neverOk(
  file: K6File,
  { requests, isNeverOk }: CountedRequests,
  { endpoints }: TaggedEndpoints,
): { id?: string; requests: number }[] {
  return [
    ...endpoints.filter((endpoint) => endpoint.isNeverOk),
    ...(isNeverOk || (requests === 0 && !hasOtherWork(file)) ? [{ requests }] : []),
  ];
}

/** k6 leaves a counter out of its summary that nothing was added to. */
function readLoad(file: K6File, requests: number): StoredLoad {
  const { metrics, durationSeconds } = file;
  const completed = metrics.get('iterations')?.values.count;
  const dropped = metrics.get('dropped_iterations')?.values.count;
  const usersAtEnd = metrics.get('vus')?.values.value;
  const mostUsers = metrics.get('vus_max')?.values.max ?? metrics.get('vus_max')?.values.value;
  const hasIterations = completed !== undefined || dropped !== undefined;
  const failed = isOwn(file) ? (metrics.get(OWN_METRICS.failedIterations)?.values.count ?? 0) : undefined;
  const windowSeconds = isOwn(file) ? ownWindow(file) : undefined;
  const seconds = windowSeconds ?? durationSeconds ?? 0;
  const iterations = { completed: Math.max(0, (completed ?? 0) - (failed ?? 0)), dropped: dropped ?? 0 };
  return {
    ...(hasIterations ? { iterations: { ...iterations, ...present({ failed }) } } : {}),
    ...present({ windowSeconds }),
    ...(seconds > 0 ? { requestsPerSecond: requests / seconds } : {}),
    ...present({ usersAtEnd, mostUsers }),
  };
}
