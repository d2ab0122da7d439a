import { createHash } from 'node:crypto';
import type { ScriptWorkload } from '../core/judge/script/script-workload.ts';
import { type Workload, workloadOf } from '../core/judge/workload.ts';

/** Names the workload of a run: runs with different ones cannot be compared. */
export function fingerprintOf(...run: Parameters<typeof workloadOf>): string {
  return fingerprintOfWorkload(workloadOf(...run));
}

/** The same of a workload that is known already. */
export function fingerprintOfWorkload(workload: Workload | ScriptWorkload): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(inKeyOrder(workload)))
    .digest('hex')
    .slice(0, 32)}`;
}

/** The same data with the keys of every object in alphabetical order. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, inKeyOrder(member)]),
  );
}
