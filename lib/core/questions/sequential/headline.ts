import { medianOf } from '../../spec/median.ts';
import { formatMs } from '../../spec/units.ts';
import { counted } from '../../spec/words.ts';
import type { SequentialStudy } from './answer.ts';

export function headline({ endpoints }: SequentialStudy): string {
  const measured = endpoints.filter(({ p50Ms }) => p50Ms !== undefined);
  const median = medianOf(measured.flatMap(({ p50Ms }) => p50Ms ?? []));
  const slowest = [...measured].sort((a, b) => (b.p50Ms ?? 0) - (a.p50Ms ?? 0))[0];
  if (median === undefined || slowest?.p50Ms === undefined)
    return 'No endpoint gave a successful response to one user.';
  const silent = endpoints.length - measured.length;
  return `One user at a time: half of the endpoints answer within ${formatMs(median)}, the slowest (${slowest.endpoint}) within ${formatMs(slowest.p50Ms)}, by their medians${silent === 0 ? '' : `; ${counted(silent, 'endpoint')} gave no successful response`}.`;
}
