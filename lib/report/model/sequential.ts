import { medianOf } from '../../core/spec/median.ts';
import { present } from '../../core/spec/present.ts';
import { sum } from '../../core/spec/sum.ts';
import { counted } from '../../core/spec/words.ts';
import type { EndpointRow } from './endpoint-rows.ts';
import { formatFactor } from './endpoint-rows.ts';
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

/** Up to here a median of three requests may differ by accident. */
const ALIKE = 1.5;

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
    return 'Nothing was measured at rest, so what is always broken and what breaks under load cannot be told apart by time.';
  }
  const sentences: string[] = [];
  if (broken > 0) sentences.push(`${counted(broken, 'endpoint')} did not work for one user either.`);
  const onlyUnderLoad = rows.filter(
    ({ group, atRest }) => (group === 'failing' || group === 'slow') && (atRest?.okReplies ?? 0) > 0,
  ).length;
  if (onlyUnderLoad > 0)
    sentences.push(`${counted(onlyUnderLoad, 'endpoint')} worked for one user and not well enough under load.`);
  if (factor !== undefined) {
    sentences.push(
      factor >= ALIKE || factor <= 1 / ALIKE
        ? `In the middle of all endpoints, a successful response took ${formatFactor(factor)} as long as with one user.`
        : `In the middle of all endpoints, successful responses were about as fast as with one user (${formatFactor(factor)}).`,
    );
  }
  if (sentences.length === 0)
    sentences.push('No endpoint got a successful response both at rest and under load: there is nothing to compare.');
  return sentences.join(' ');
}
