import { formatMs } from '../../spec/units.ts';
import type { PoolStudy } from './answer.ts';

const EXCESS = {
  wait: 'further requests wait until they are served',
  refused: 'further requests are refused at once',
  'refused slowly': 'further requests are refused after a wait',
  hang: 'further requests wait until the client times out',
} as const;

export function headline({ freeUsers, exhaustedUsers, slots, excess, excessMs }: PoolStudy): string {
  if (exhaustedUsers === undefined)
    return `No request waited with up to ${freeUsers ?? 0} concurrent users: no pool was exhausted.`;
  const between =
    freeUsers === undefined
      ? `with ${exhaustedUsers} users`
      : `between ${freeUsers} and ${exhaustedUsers} concurrent users`;
  const others =
    excess === undefined
      ? ''
      : `; ${EXCESS[excess]}${excessMs === undefined ? '' : ` (${excess === 'hang' ? 'after ' : ''}${formatMs(excessMs)})`}`;
  return `Concurrency limit about ${slots}: the pool is exhausted ${between}${others}.`;
}
