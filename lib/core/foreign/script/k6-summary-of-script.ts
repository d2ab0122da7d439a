import {
  addThresholds,
  type Metrics,
  metricsOfRequests,
  metricsOfVerdict,
} from '../../judge/k6-summary/judged-metrics.ts';
import { type K6SummaryData, k6SummaryData } from '../../judge/k6-summary/k6-summary.ts';
import { alike, withRates } from '../../judge/k6-summary/summary-metrics.ts';
import { isOurs } from '../../judge/threshold.ts';
import { OWN_METRICS } from '../../measure/k6-metrics.ts';
import type { K6SummaryMetric } from '../../measure/measured.ts';
import type { RecordTotals } from '../../measure/record/read-record.ts';
import { present } from '../../spec/present.ts';
import { baseOf, type K6FileMetric } from '../k6-file.ts';
import { fileOfRecord } from './file-of-record.ts';
import { IS_WHOLE, ourName, rowToTag } from './script-file-parts.ts';
import type { ScriptSummary } from './script-run.ts';

/**
 * The data of k6's `handleSummary` of a script: every metric as k6 names it, over its whole run, with what was found of
 * its thresholds. What the report says of the load, of its rows and of the budgets of the project stands beside it under
 * names of ours. Percentiles are those of the record, within 1 %.
 */
export function k6SummaryOfScript(summary: ScriptSummary, record: RecordTotals): K6SummaryData {
  const { metrics, durationSeconds = 0 } = fileOfRecord(record, summary.k6Version ?? '');
  const contents = new Map(record.series.map(({ metric, contains }) => [metric, contains]));
  const ofRun = [...metrics].map(([name, metric]) => [name, asK6Writes(metric, contents.get(baseOf(name)))] as const);
  const ofLoad = Object.entries(withRates(metricsOfLoad(summary), durationSeconds));
  return k6SummaryData(
    Object.fromEntries([...ofRun, ...ofLoad.map(([name, metric]) => [ourName(name), metric] as const)]),
    summary.k6?.checks ?? [],
    durationSeconds,
  );
}

/** A threshold that nobody could judge is not among them: it holds no more than it is crossed. */
function asK6Writes({ kind, isTime, values, thresholds }: K6FileMetric, contains = 'default'): K6SummaryMetric {
  const judged = thresholds.filter(({ toTell }) => toTell === undefined);
  const held = Object.fromEntries(judged.map(({ expression, holds }) => [expression, { ok: holds }]));
  const median = kind === 'trend' ? values['p(50)'] : undefined;
  return {
    type: kind,
    contains: isTime ? 'time' : contains,
    values: { ...values, ...present({ med: median }) },
    ...present({ thresholds: judged.length > 0 ? held : undefined }),
  };
}

function metricsOfLoad({ totals, endpoints, load, thresholds, verdict }: ScriptSummary): Metrics {
  const { windowSeconds = 0, recordLacks } = load;
  const counted = [
    metricsOfRequests(totals, undefined, true),
    ...endpoints.map((row) => metricsOfRequests(row, rowToTag(row.id), true)),
    metricsOfVerdict(verdict),
  ];
  const found: Metrics = {
    ...Object.assign({}, ...counted),
    [OWN_METRICS.loadWindow]: gauge(windowSeconds * 1000, 'time'),
    [IS_WHOLE]: gauge(recordLacks === undefined ? 1 : 0, 'default'),
  };
  const ours = thresholds
    .filter(isOurs)
    .map((each) => ({ ...each, ...present({ endpoint: each.endpoint && rowToTag(each.endpoint) }) }));
  addThresholds(found, ours, true);
  return found;
}

function gauge(value: number, contains: string): K6SummaryMetric {
  return { type: 'gauge', contains, values: alike(value) };
}
