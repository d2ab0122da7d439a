import path from 'node:path';
import { ROW_METRICS, type RowMetric } from '../compare/comparison.ts';
import { type Acceptance, type ComparisonPolicy, expectAcceptances, type RowPolicy } from '../compare/policy.ts';
import { UserError } from '../core/errors.ts';
import { isObject } from '../core/k6-shapes/recognise.ts';
import { dayOf } from '../core/waiver.ts';
import { readOwnConfig } from './project.ts';

/**
 * What package.json says of comparisons, under `"k6-verdict": { "comparison": { "rows": [...], "accept": [...] } }`.
 * @throws UserError for what it cannot mean
 */
export function readComparisonPolicy(root: string, now: Date): ComparisonPolicy {
  const file = path.join(root, 'package.json');
  const { comparison = {} } = readOwnConfig(file);
  const known = isObject(comparison) && Object.keys(comparison).every((key) => key === 'rows' || key === 'accept');
  if (!isObject(comparison) || !known)
    throw wrong(file, comparison, '{ "rows": [...], "accept": [...] }, both optional');
  const { rows = [], accept = [] } = comparison;
  if (!Array.isArray(rows) || !rows.every(isRowPolicy)) {
    throw wrong(
      file,
      rows,
      `a list of { "metric": "p95", "endpoint": "services", "effect": 0.1, "tolerance": 0.2, "gate": false } with ${METRICS}; all but the metric are optional, effect and tolerance shares above 0`,
    );
  }
  if (!Array.isArray(accept) || !accept.every(isAcceptance)) {
    throw wrong(
      file,
      accept,
      `a list of { "metric": "p95", "endpoint": "services", "until": "2026-12-31", "reason": "..." } with ${METRICS}`,
    );
  }
  const policy = { rows, accept, today: dayOf(now) };
  expectAcceptances(policy);
  return policy;
}

const METRICS = `a metric of ${ROW_METRICS.join(', ')}`;

function wrong(file: string, received: unknown, expected: string): UserError {
  return new UserError({
    what: `"k6-verdict".comparison in ${file} is not a policy.`,
    received: JSON.stringify(received),
    expected,
  });
}

function namesRow(value: unknown, keys: readonly string[]): value is { metric: RowMetric; [key: string]: unknown } {
  if (!isObject(value)) return false;
  const { metric, endpoint } = value;
  return (
    Object.keys(value).every((key) => ['metric', 'endpoint', ...keys].includes(key)) &&
    ROW_METRICS.includes(metric as RowMetric) &&
    (endpoint === undefined || typeof endpoint === 'string')
  );
}

function isRowPolicy(value: unknown): value is RowPolicy {
  if (!namesRow(value, ['effect', 'tolerance', 'gate'])) return false;
  const { effect, tolerance, gate } = value;
  const isShare = (share: unknown) => share === undefined || (typeof share === 'number' && share > 0 && share < 10);
  return isShare(effect) && isShare(tolerance) && (gate === undefined || typeof gate === 'boolean');
}

function isAcceptance(value: unknown): value is Acceptance {
  return namesRow(value, ['until', 'reason']) && typeof value.until === 'string' && typeof value.reason === 'string';
}
