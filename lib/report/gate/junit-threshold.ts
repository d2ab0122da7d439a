import { customMetricOf } from '../../core/judge/custom-metrics.ts';
import { journeyMetricOf } from '../../core/judge/journey-metrics.ts';
import { isMetric } from '../../core/judge/metrics.ts';
import { subjectOf } from '../../core/judge/threshold.ts';
import { isExcused } from '../../core/judge/threshold-order.ts';
import { describeThreshold } from '../../core/judge/threshold-text.ts';
import { formatExact } from '../../core/spec/figure-text.ts';
import { formatCount } from '../../core/spec/units.ts';
import type { JunitCase, JunitProperty } from '../junit-document.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { gateRemark } from './rows.ts';

/** A threshold as a test case: its scenario and endpoint are the class, and its limit is in no name. */
export function thresholdCase(row: ThresholdRow): JunitCase {
  const remark = gateRemark(row);
  const subject = subjectOf(row);
  return {
    classname: `k6-verdict.${row.scenario}${subject === undefined ? '' : `.${subject}`}`,
    name: stableName(row),
    state: row.verdict === 'pass' ? 'passed' : isExcused(row) ? 'skipped' : 'failure',
    message: `${describeThreshold(row)}${remark === '' ? '' : `: ${remark}`}`,
  };
}

/** Its limit, what was measured and on how many samples: `system-info.p95.limit`, or `p95.limit` for all requests. */
export function thresholdProperties(row: ThresholdRow): JunitProperty[] {
  const name = [subjectOf(row), stableName(row)].filter((part) => part !== undefined).join('.');
  return [
    [`${name}.limit`, `${row.operator} ${formatExact(row.limit, row.unit)}`],
    [`${name}.actual`, exactActual(row)],
    [`${name}.samples`, row.samples === undefined ? 'not known' : formatCount(row.samples)],
  ];
}

function exactActual({ actual, seen, unit }: ThresholdRow): string {
  return seen ?? (actual === undefined ? 'not measured' : formatExact(actual, unit));
}

/**
 * `p95`, `success share`: what the limit is called in a budget, in words. A server that shows the history of a test
 * knows it by its name, so neither another limit nor a better title may change it. One of k6's has its title alone.
 */
function stableName({ metric, title }: ThresholdRow): string {
  if (!isMetric(metric)) return title;
  const inBudget = journeyMetricOf(metric)?.budget ?? customMetricOf(metric)?.budget ?? metric;
  return inBudget
    .replace(/^ok(P\d+|Mean)Ms$/, '$1')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
