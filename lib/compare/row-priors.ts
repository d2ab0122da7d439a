import type { StoredRun } from '../core/judge/run-summary.ts';
import type { Arranged } from './design.ts';
import { LEAST_VARIANCE } from './estimate.ts';
import { differencesOf, variance } from './moments.ts';
import { type NoisePrior, priorFromHistory, priorFromRows } from './noise-prior.ts';
import type { RowDefinition } from './row-definition.ts';
import { isOfAll } from './row-subject.ts';

/** Logarithms of the figure of each run, oriented so that more is worse; undefined where a run has none. */
export function orientedLogs(
  { figure, worse }: RowDefinition,
  runs: readonly StoredRun[],
  compared: readonly StoredRun[],
): number[] | undefined {
  const sign = worse === 'lower' ? -1 : 1;
  return figure?.logs(runs, compared)?.map((each) => sign * each);
}

/** The differences between the pairs of one row; undefined where a run has no such figure. */
function differencesIn(
  definition: RowDefinition,
  base: readonly StoredRun[],
  head: readonly StoredRun[],
): number[] | undefined {
  const compared = [...base, ...head];
  const [b, h] = [orientedLogs(definition, base, compared), orientedLogs(definition, head, compared)];
  return b === undefined || h === undefined ? undefined : differencesOf(b, h);
}

export type Priors = (definition: RowDefinition) => NoisePrior | undefined;

/** Earlier pairs of base against base beat what the rows of this comparison lend each other. */
export function priorsOf(
  definitions: readonly RowDefinition[],
  { design, base, head }: Arranged,
  selfChecks: { readonly base: readonly StoredRun[]; readonly head: readonly StoredRun[] } | undefined,
): Priors {
  const fromRows = new Map<string, NoisePrior | undefined>();
  if (design === 'paired' && base.length > 1) {
    for (const pool of new Set(definitions.flatMap((each) => poolOf(each) ?? []))) {
      const variances = definitions
        .filter((each) => poolOf(each) === pool)
        .flatMap((definition) => {
          const differences = differencesIn(definition, base, head);
          return differences === undefined ? [] : [Math.max(variance(differences), LEAST_VARIANCE)];
        });
      fromRows.set(pool, priorFromRows(variances, base.length - 1));
    }
  }
  return (definition) => {
    const differences = selfChecks && differencesIn(definition, selfChecks.base, selfChecks.head);
    const history = differences && priorFromHistory(differences);
    if (history !== undefined) return history;
    return fromRows.get(poolOf(definition) ?? '');
  };
}

/** Rows that lend each other their noise: one figure of all endpoints, or of all journeys. */
function poolOf(row: RowDefinition): string | undefined {
  if (isOfAll(row)) return undefined;
  return row.journey === undefined ? row.metric : `${row.metric} of journeys`;
}
