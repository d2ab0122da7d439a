import path from 'node:path';
import { type ComparisonPolicy, expectAcceptances } from '../compare/policy.ts';
import { dayOf } from '../core/spec/waiver.ts';
import { expectShape } from './expect-shape.ts';
import { readOwnConfig } from './project.ts';

/**
 * What package.json says of comparisons, under `"k6-verdict": { "comparison": { "rows": [...], "accept": [...], "mostBusyShare": 0.9 } }`.
 * @throws UserError for what it cannot mean
 */
export function readComparisonPolicy(root: string, now: Date): ComparisonPolicy {
  const file = path.join(root, 'package.json');
  const { comparison = {} } = readOwnConfig(file);
  const {
    rows = [],
    accept = [],
    ...rest
  } = expectShape<Pick<ComparisonPolicy, 'rows' | 'accept' | 'mostBusyShare'>>('comparison', comparison, {
    what: `"k6-verdict".comparison in ${file} is not a policy.`,
    expected: `{ "rows": [${ROW}], "accept": [${ACCEPTANCE}], "mostBusyShare": 0.9 }, where each member and "endpoint", "effect", "tolerance" and "gate" may be left out`,
    name: 'comparison',
  });
  const policy = { ...rest, rows, accept, today: dayOf(now) };
  expectAcceptances(policy);
  return policy;
}

const ROW = '{ "metric": "p95", "endpoint": "services", "effect": 0.1, "tolerance": 0.2, "gate": false }';
const ACCEPTANCE = '{ "metric": "p95", "endpoint": "services", "until": "2026-12-31", "reason": "..." }';
