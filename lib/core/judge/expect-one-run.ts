import { UserError } from '../spec/errors.ts';
import { figuresKey } from './expect-distinct.ts';
import type { ProcessOfRun } from './processes.ts';

/**
 * @param parts by their instance
 * @throws UserError for summaries that are not the processes of one run, or not all of them
 */
export function expectOneRun<Part extends ProcessOfRun>(
  parts: readonly Part[],
): asserts parts is readonly [Part, ...Part[]] {
  const [first] = parts;
  if (first === undefined || parts.length < 2) throw notSeveral(first);
  const otherRun = parts.find(({ runId }) => runId !== first.runId);
  if (otherRun !== undefined) {
    throw new UserError({
      what: 'These summaries are of different runs.',
      received: `${first.runId} and ${otherRun.runId}`,
      expected: 'the processes of one run, which share its id',
      todo: 'repeated runs are compared, never merged: npx k6-verdict compare',
    });
  }
  const merged = parts.find(({ mergedFrom }) => mergedFrom !== undefined);
  if (merged !== undefined) {
    throw new UserError({
      what: 'A merged summary cannot be merged again.',
      received: `${merged.runId}, which is made of ${merged.mergedFrom?.length} processes`,
      expected: 'the summaries of the processes themselves',
    });
  }
  const otherWorkload = parts.find(({ fingerprint }) => fingerprint !== first.fingerprint);
  if (otherWorkload !== undefined) {
    throw new UserError({
      what: `The processes of ${first.runId} did not have the same workload.`,
      received: `instance ${first.instance}: ${first.fingerprint}; instance ${otherWorkload.instance}: ${otherWorkload.fingerprint}`,
      expected: 'the same scenario with the same settings, or the same script with the same options',
    });
  }
  const twice = parts.find(({ instance }, i) => parts[i - 1]?.instance === instance);
  if (twice !== undefined) {
    throw new UserError({
      what: `Two summaries are of instance ${twice.instance} of ${first.runId}.`,
      expected: 'one summary per process; --instance numbers them',
    });
  }
  refuseCopies(parts, first.runId);
  const wanted = first.load.segment?.of;
  const missing = Array.from({ length: wanted ?? 0 }, (_, i) => i + 1).filter(
    (instance) => !parts.some((part) => part.instance === instance),
  );
  if (missing.length > 0) {
    throw new UserError({
      what: `${first.runId} is not whole: a part of its load is missing.`,
      received: `${parts.length} of ${wanted} processes, without ${missing.join(', ')}`,
      expected: `the summaries of all ${wanted}`,
    });
  }
}

/** No two processes measure the same: one of two that did is a copy of the other, under another number. */
function refuseCopies(parts: readonly ProcessOfRun[], runId: string): void {
  const seen = new Map<string, number>();
  for (const part of parts) {
    const { instance } = part;
    const figures = figuresKey(part);
    const first = seen.get(figures);
    if (first !== undefined) {
      throw new UserError({
        what: `Instance ${instance} of ${runId} is a copy of instance ${first}: their figures are the same.`,
        expected: 'the summaries of the processes as each of them wrote it',
      });
    }
    seen.set(figures, instance);
  }
}

function notSeveral(only: ProcessOfRun | undefined): UserError {
  return new UserError({
    what: 'There is nothing to merge.',
    received: only === undefined ? 'no summary' : `one summary, of ${only.runId}`,
    expected: 'the summaries of several k6 processes of one run (--instance)',
  });
}
