import type { StoredRun } from './run-summary.ts';

/** Which of how many k6 processes a run was sent by, where it is one of several; `of` is absent where nobody knows. */
export interface Part {
  /** Parts at the same time are shards; parts one after another are chunks. */
  readonly kind: 'shard' | 'chunk';
  readonly instance: number;
  readonly of?: number;
}

/** Undefined for a run that is whole: sent by one process, or merged of all. */
export function partOf({ instance = 1, load, mergedFrom }: StoredRun): Part | undefined {
  if (mergedFrom !== undefined) return undefined;
  const { segment, consecutivePart } = load;
  if (segment !== undefined) return { kind: 'shard', instance, of: segment.of };
  if (consecutivePart !== undefined) return { kind: 'chunk', instance, of: consecutivePart.of };
  return instance > 1 ? { kind: 'shard', instance } : undefined;
}

/** `shard 2 of 3`. */
export function describePart({ kind, instance, of }: Part): string {
  return `${kind} ${instance} of ${of ?? 'several'}`;
}

/** A part of a run is named as one wherever its scenario is. */
export function namedByPart<Run extends StoredRun>(run: Run): Run {
  const part = partOf(run);
  return part === undefined ? run : { ...run, scenario: `${run.scenario}, ${describePart(part)}` };
}

/** One sentence for each run of which only parts are there: whatever they say, they do not say it of the whole. */
export function missingParts(runs: readonly StoredRun[]): string[] {
  const whole = new Set(runs.filter(({ mergedFrom }) => mergedFrom !== undefined).map(({ runId }) => runId));
  const parts = new Map<string, Part[]>();
  for (const run of runs) {
    const part = partOf(run);
    if (part === undefined || whole.has(run.runId)) continue;
    parts.set(run.runId, [...(parts.get(run.runId) ?? []), part]);
  }
  return [...parts].map(([runId, found]) => describeMissing(runId, found));
}

function describeMissing(runId: string, found: readonly Part[]): string {
  const there = [...new Set(found.map(({ instance }) => instance))].sort((a, b) => a - b);
  const of = Math.max(0, ...found.map((part) => part.of ?? 0));
  const [{ kind } = { kind: 'shard' }] = found;
  if (of === 0) return `${kind} ${there.join(', ')} of ${runId} by itself: merge it with the others first`;
  const without = Array.from({ length: of }, (_, i) => i + 1).filter((instance) => !there.includes(instance));
  const which = without.length === 0 ? 'each by itself' : `without ${without.join(', ')}`;
  return `${there.length} of ${of} ${kind}s of ${runId}, ${which}: merge them first`;
}
