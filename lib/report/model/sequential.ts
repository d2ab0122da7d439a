import { medianOf } from '../../core/spec/median.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { formatFactor } from '../../core/spec/units.ts';
import { counted } from '../../core/spec/words.ts';
import type { EndpointRow } from './endpoint-rows.ts';
import type { Evidence } from './evidence.ts';
import { countOutcomes } from './figures.ts';

/** One user at a time, held against the load. */
export interface Sequential {
  readonly requests: number;
  readonly okReplies: number;
  readonly brokenEndpoints: number;
  /** The median of the factors of all endpoints that have one. */
  readonly medianFactor?: number;
  /** The scenario that met the service with one user; absent where that was done before the load. */
  readonly scenario?: string;
  readonly conclusion: string;
}

export function compareWithSequential(
  { endpoints: all }: Evidence,
  rows: readonly EndpointRow[],
  scenario?: string,
): Sequential {
  const met = all.flatMap(({ atRest }) => atRest ?? []);
  const requests = sum(met.map((rest) => rest.requests));
  const okReplies = sum(met.map(({ outcomes }) => countOutcomes(outcomes, 'ok')));
  const brokenEndpoints = rows.filter(({ atRest }) => atRest?.isBroken).length;
  const factors = rows.flatMap(({ loadFactor }) => loadFactor ?? []);
  const medianFactor = medianOf(factors);
  return {
    requests,
    okReplies,
    brokenEndpoints,
    ...present({ medianFactor, scenario }),
    conclusion: conclude(met.length, brokenEndpoints, medianFactor, rows),
  };
}

function conclude(met: number, broken: number, factor: number | undefined, rows: readonly EndpointRow[]): string {
  if (met === 0) {
    return 'No unloaded baseline was measured, so endpoints that always fail cannot be told from those that fail under load.';
  }
  const sentences: string[] = [];
  if (broken > 0) sentences.push(`${counted(broken, 'endpoint')} also failed without load.`);
  const onlyUnderLoad = rows.filter(
    ({ group, atRest }) => (group === 'failing' || group === 'slow') && (atRest?.okReplies ?? 0) > 0,
  ).length;
  if (onlyUnderLoad > 0)
    sentences.push(`${counted(onlyUnderLoad, 'endpoint')} worked without load, but not under load.`);
  if (factor !== undefined) {
    sentences.push(`Median endpoint: ${formatFactor(factor)} its unloaded latency.`);
  }
  if (sentences.length === 0)
    sentences.push('No endpoint has successful responses both without and under load, so nothing can be compared.');
  return sentences.join(' ');
}
