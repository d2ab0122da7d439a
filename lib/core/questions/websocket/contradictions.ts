import { type Contradiction, expectAtMost, expectSame, expectWithin } from '../../measure/contradiction.ts';
import { sum } from '../../spec/sum.ts';
import type { SocketStudy } from './answer.ts';

/** What the figures of an answer say of each other. */
export function contradictions({
  started,
  mostHeld,
  heldToTheEnd,
  refused,
  dropped,
  messages,
}: SocketStudy): Contradiction[] {
  return [
    ...expectSame('study.started', started, sum([heldToTheEnd, refused, dropped]), 'held, refused and dropped'),
    ...expectWithin('study.mostHeld', mostHeld, [heldToTheEnd, started], 'those held to the end, of those started'),
    ...expectAtMost('study.messages.answered', messages.answered, messages.sent, 'what was sent'),
  ];
}
