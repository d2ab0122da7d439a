import type { ForeignRun } from '../../judge/run-summary.ts';
import type { StoredThreshold } from '../../judge/threshold.ts';
import { judgeRun } from '../../judge/verdict.ts';
import type { StoredEndpoint, StoredLoad } from '../../measure/measured.ts';
import { present } from '../../spec/present.ts';
import { findImpossible, findNotNumbers } from '../impossible.ts';
import type { K6File } from '../k6-file.ts';
import { lacksOfOthers } from '../lacks.ts';
import { lacksOfOwn, NO_WORDS } from '../lacks-of-own.ts';
import { findLostThresholds } from '../lost-thresholds.ts';
import { measureRequests, NO_REQUESTS, withoutDoubt } from '../measure-requests.ts';
import { cannotBeOfRequests, neverBetter, notToBeJudged } from '../never-better.ts';
import { otherFigures } from '../other-figures.ts';
import { ownWindow, verdictIn } from '../own-summary.ts';
import { readChecks } from '../read-checks.ts';
import { readEndpoints } from '../read-endpoints.ts';
import { readThresholds } from '../read-thresholds.ts';
import { iterationsIn, usersIn } from './file-of-record.ts';
import { type FileParts, IS_WHOLE, tagToRow } from './script-file-parts.ts';
import { asK6Holds } from './without-samples.ts';

type ReadRun = Omit<ForeignRun, 'source' | 'runId' | 'testId' | 'scenario'>;

/**
 * A run of a script from its k6-summary.json: requests and budgets as k6-verdict told them of the load, thresholds, checks
 * and metrics as k6 did of its whole run.
 * @param whole of which these are the parts
 */
export function readScriptFile(
  { ofLoad, ofRun }: FileParts,
  whole: K6File,
  json: Readonly<Record<string, unknown>>,
): ReadRun {
  const totals = withoutDoubt(measureRequests(ofLoad) ?? NO_REQUESTS);
  const endpoints = readEndpoints(ofLoad).endpoints.map(withoutDoubt).map(withRow);
  const impossible = [...findImpossible(ofLoad), ...findImpossible(ofRun), ...findNotNumbers(json)];
  const { thresholds, k6Thresholds, unread } = thresholdsOf(
    { ofLoad, ofRun },
    new Set(impossible.map(({ metric }) => metric)),
  );
  const checks = readChecks(json, ofRun);
  const cannotBe = [
    ...impossible.map(({ text }) => text),
    ...(checks.contradiction === undefined ? [] : [checks.contradiction]),
  ];
  const { figures, left } = otherFigures(ofRun);
  const load = loadOf({ ofLoad, ofRun }, totals.requests);
  const judged = judgeRun({
    load,
    endpoints,
    thresholds,
    unread,
    howToGetThresholds: NO_WORDS,
    neverOk: [],
    k6Thresholds,
    k6ExitCode: 'unknown',
  });
  return {
    ...neverBetter(
      notToBeJudged(judged, [...cannotBeOfRequests(impossible), ...findLostThresholds(json, whole)]),
      verdictIn(ofLoad),
    ),
    lacks: [...lacksOfOwn(endpoints.length, 0), ...lacksOfOthers(checks, left, cannotBe)],
    ...present({ durationSeconds: whole.durationSeconds }),
    load,
    totals,
    endpoints,
    thresholds,
    k6Thresholds,
    atRest: [],
    k6: { statuses: [], checks: checks.checks, figures, impossible: cannotBe },
  };
}

/** Those of the script as k6 found them, which no figure decides anew that is rounded, and the budgets of the project. */
function thresholdsOf({ ofLoad, ofRun }: FileParts, unsound: ReadonlySet<string>) {
  const found = [...ofRun.metrics].map(
    ([name, metric]) =>
      [name, { ...metric, thresholds: metric.thresholds.map((each) => ({ ...each, isFinal: true })) }] as const,
  );
  const ofScript = readThresholds({ ...ofRun, metrics: new Map(found) }, unsound);
  const budgets = readThresholds(ofLoad, unsound).thresholds;
  const isWhole = ofLoad.metrics.get(IS_WHOLE)?.values.value === 1;
  return { ...ofScript, thresholds: [...asK6Holds(ofScript.thresholds, isWhole), ...budgets.map(withRowOfBudget)] };
}

function withRow(endpoint: StoredEndpoint): StoredEndpoint {
  const id = tagToRow(endpoint.id);
  return { ...endpoint, id, path: id };
}

function withRowOfBudget(threshold: StoredThreshold): StoredThreshold {
  return { ...threshold, ...present({ endpoint: threshold.endpoint && tagToRow(threshold.endpoint) }) };
}

function loadOf({ ofLoad, ofRun }: FileParts, requests: number): StoredLoad {
  const windowSeconds = ownWindow(ofLoad) ?? 0;
  return {
    iterations: iterationsIn(ofRun),
    windowSeconds,
    requestsPerSecond: windowSeconds > 0 ? requests / windowSeconds : 0,
    ...usersIn(ofRun),
  };
}
