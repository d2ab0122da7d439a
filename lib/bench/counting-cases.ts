import type { CountingCase } from './counting-cost.ts';
import { OURS, SCRIPT, type Side } from './k6-sides.ts';

const PAIRS = 5;
/** What only says where the cost comes from. */
const FEWER_PAIRS = 3;

/** Where the cost comes from: each has one of the parts that make up ours. */
const PARTS: readonly (readonly [title: string, side: Side])[] = [
  ['a bare script that nothing counts', { script: 'bare', figures: 'none' }],
  ['a bare script that the recorder counts', { script: 'bare', figures: 'recorder' }],
  ['our scenario that nothing counts', { script: 'wide', figures: 'none' }],
];

/** How many endpoints are measured, and how many times the CPU of a bare script ours may take. */
const LIMITS = [
  [12, 1.15],
  [200, 1.2],
] as const;

/** Our scenario, recorded, against a bare script with k6's own engine and summary. */
export const COUNTING_CASES: readonly CountingCase[] = [
  ...LIMITS.map(([endpoints, limit]) => ({
    title: `k6's CPU per request, ${endpoints} endpoints, against a bare script`,
    side: OURS,
    endpoints,
    limit,
    pairs: PAIRS,
  })),
  {
    title: 'a script of somebody else, against itself under k6 run',
    side: SCRIPT,
    endpoints: 12,
    limit: 1.1,
    pairs: PAIRS,
  },
  {
    title: 'our scenario at 12 endpoints, 8 of 10 replies failing',
    side: OURS,
    endpoints: 12,
    failures: 8,
    pairs: PAIRS,
  },
];

/** What ours is made up of. */
export const COUNTING_PARTS: readonly CountingCase[] = LIMITS.flatMap(([endpoints]) =>
  PARTS.map(([title, side]) => ({ title: `${title}, ${endpoints} endpoints`, side, endpoints, pairs: FEWER_PAIRS })),
);
