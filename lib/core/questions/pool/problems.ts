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
      title: excess === 'hang' ? 'An exhausted pool leaves its users hanging' : 'An exhausted pool does not fail fast',
      severity: excess === 'hang' ? 'high' : 'medium',
      impact: 'high',
      area: 'availability',
      summary: headline(study),
      description:
        'Who waits holds a connection, a thread and a user; who is told at once can try again, or elsewhere.',
      evidence: excessMs === undefined ? [] : [`what was too much waited ${formatMs(excessMs)} for its answer`],
      todo: {
        urgency: isTooSlow ? 'must' : 'should',
        text: 'Give the wait for a connection a short timeout, and answer 503 with Retry-After when it is over.',
      },
    }),
  ];
}
