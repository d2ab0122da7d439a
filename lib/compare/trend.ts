import type { StoredRun } from '../core/judge/run-summary.ts';
import { groupBy } from '../core/spec/group-by.ts';
import { present } from '../core/spec/present.ts';
import { sum } from '../core/spec/sum.ts';
import type { TrendColumn } from './comparison.ts';
import { logOf, mean } from './moments.ts';
import { failuresOf } from './row-values.ts';

/** Releases in the order of their first runs. */
export function trendOf(runs: readonly StoredRun[]): TrendColumn[] {
  const unique = [...new Map(runs.map((run) => [run.runId, run])).values()];
  const byRelease = groupBy(unique, releaseOf);
  const workload = runs.at(-1)?.fingerprint;
  const uneven = unevenRows(unique.filter(({ fingerprint }) => fingerprint === workload));
  return [...byRelease]
    .map(([release, own]) => columnOf(release, own, { workload, uneven }))
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''));
}

function releaseOf({ release, commit, runId }: StoredRun): string {
  return release ?? commit?.slice(0, 10) ?? runId;
}

/** Rows of a script that only some runs met: a mean over them would be one of other rows in each release. */
function unevenRows(runs: readonly StoredRun[]): ReadonlySet<string> {
  const ofScripts = runs
    .filter(({ source }) => source === 'script')
    .map(({ endpoints }) => endpoints.map(({ id }) => id));
  return new Set(ofScripts.flat().filter((id) => !ofScripts.every((ids) => ids.includes(id))));
}

/** What is alike in the columns of a trend. */
interface Alike {
  readonly workload: string | undefined;
  readonly uneven: ReadonlySet<string>;
}

function columnOf(release: string, runs: readonly StoredRun[], { workload, uneven }: Alike): TrendColumn {
  const startedAt = runs.flatMap((run) => run.startedAt ?? []).sort()[0];
  const endpoints = [...new Set(runs.flatMap((run) => run.endpoints.map(({ id }) => id)))].map((endpoint) => {
    const p95Ms = geometricMean(runs.map((run) => run.endpoints.find(({ id }) => id === endpoint)?.latencyMs.ok.p95));
    return { endpoint, ...present({ p95Ms }) };
  });
  const even = endpoints.filter(({ endpoint }) => !uneven.has(endpoint));
  const p95GeomeanMs = geometricMean(even.map(({ p95Ms }) => p95Ms));
  const seconds = sum(runs.map(({ load }) => load.windowSeconds ?? 0));
  const ok = sum(runs.map(({ totals }) => totals.outcomes.ok ?? 0));
  const judged = sum(runs.map((run) => failuresOf(run.totals, run).total));
  return {
    release,
    runs: runs.length,
    ...present({ startedAt, p95GeomeanMs }),
    ...(seconds > 0 ? { okPerSecond: ok / seconds } : {}),
    ...(judged > 0 ? { failureShare: 1 - ok / judged } : {}),
    endpoints,
    ...(runs.every(({ fingerprint }) => fingerprint === workload) ? {} : { isOtherWorkload: true as const }),
  };
}

function geometricMean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.flatMap((value) => (value === undefined ? [] : [logOf(value)]));
  return known.length === values.length && known.length > 0 ? Math.exp(mean(known)) : undefined;
}
