import { type Contradiction, expectSame } from '../../measure/contradiction.ts';
import { sum } from '../../spec/sum.ts';
import type { RunSummary } from '../run-summary.ts';

/** A merged run is its processes together, each of them once. */
export function contradictionsOfMerge({ mergedFrom, totals }: RunSummary): Contradiction[] {
  if (mergedFrom === undefined) return [];
  return [
    ...mergedFrom.flatMap(({ instance }, i) => {
      const first = mergedFrom.findIndex((part) => part.instance === instance);
      const expected = `another one than mergedFrom[${first}]`;
      return first === i ? [] : [{ member: `mergedFrom[${i}].instance`, received: `${instance}`, expected }];
    }),
    ...expectSame(
      'totals.requests',
      totals.requests,
      sum(mergedFrom.map(({ requests }) => requests)),
      'what the processes of mergedFrom add up to',
    ),
  ];
}
