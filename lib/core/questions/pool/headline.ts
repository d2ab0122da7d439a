import { formatMs } from '../../spec/units.ts';
import type { PoolStudy } from './answer.ts';

const EXCESS = {
  wait: 'the others wait until they are served',
  refused: 'the others are refused at once',
  'refused slowly': 'the others are refused, after a wait',
  hang: 'the others hang until they give up',
} as const;

export function headline({ freeUsers, exhaustedUsers, slots, excess, excessMs }: PoolStudy): string {
  if (exhaustedUsers === undefined)
    return `Nobody had to wait with up to ${freeUsers ?? 0} users at a time: no pool was exhausted.`;
  const between =
    freeUsers === undefined
      ? `with ${exhaustedUsers} users`
      : `between ${freeUsers} and ${exhaustedUsers} users at a time`;
  const others =
    excess === undefined
      ? ''
      : `; ${EXCESS[excess]}${excessMs === undefined ? '' : ` (${excess === 'hang' ? 'after ' : ''}${formatMs(excessMs)})`}`;
  return `It works on ${slots} requests at a time: the pool is exhausted ${between}${others}.`;
}
