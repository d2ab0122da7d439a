import { type Contradiction, expectAtLeast, expectAtMost } from '../../measure/contradiction.ts';
import { sum } from '../../spec/sum.ts';
import type { RateLimitStudy } from './answer.ts';

/** What the figures of an answer say of each other: what they were worked out of is not stored. */
export function contradictions(study: RateLimitStudy): Contradiction[] {
  const { declared, requests, accepted, limited, mostInWindow, beyondLimit, isolation, bypasses, retryAfter } = study;
  const { right, early, late, missing } = retryAfter;
  // Around the border of two fixed windows twice as many fit.
  const fitting = declared.algorithm === 'fixed-window' ? 2 * declared.requests : declared.requests;
  return [
    ...expectAtMost('study.accepted', accepted, requests, 'the requests that were sent'),
    ...expectAtMost(
      'study.limited',
      limited,
      requests - Math.min(accepted, requests),
      'what was sent and not accepted',
    ),
    ...expectAtMost('study.mostInWindow', mostInWindow, accepted, 'what was accepted at all'),
    ...expectAtLeast(
      'study.beyondLimit',
      beyondLimit,
      mostInWindow - fitting,
      `since ${mostInWindow} were accepted where ${fitting} fit`,
    ),
    ...expectAtMost('study.retryAfter', sum([right, early, late, missing]), limited, 'the 429 responses'),
    ...(isolation === undefined
      ? []
      : expectAtMost('study.isolation.refused', isolation.refused, isolation.requests, 'what another client sent')),
    ...bypasses.flatMap(({ attempts, letThrough }, i) =>
      expectAtMost(`study.bypasses[${i}].letThrough`, letThrough, attempts, 'what was tried'),
    ),
  ];
}
