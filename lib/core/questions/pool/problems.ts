import type { Problem } from '../../spec/document/finding.ts';
import { formatMs } from '../../spec/units.ts';
import { problem } from '../found-problem.ts';
import type { PoolStudy } from './answer.ts';
import { headline } from './headline.ts';

/** Findings of an answer. */
export function problems(study: PoolStudy, isTooSlow: boolean): Problem[] {
  const { excess, excessMs } = study;
  if (excess === undefined || (excess === 'refused' && !isTooSlow) || (excess === 'wait' && !isTooSlow)) return [];
  return [
    problem({
      id: 'pool-exhausted',
      title: excess === 'hang' ? 'Requests hang when the pool is exhausted' : 'An exhausted pool does not fail fast',
      severity: excess === 'hang' ? 'high' : 'medium',
      impact: 'high',
      area: 'availability',
      summary: headline(study),
      description:
        'A waiting request keeps a connection and a thread busy; a client that is refused at once can retry.',
      evidence: excessMs === undefined ? [] : [`excess requests waited ${formatMs(excessMs)} for their response`],
      todo: {
        urgency: isTooSlow ? 'must' : 'should',
        text: 'Give the wait for a connection a short timeout, and answer 503 with Retry-After when it is over.',
      },
    }),
  ];
}
