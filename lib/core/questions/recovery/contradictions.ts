import { type Contradiction, expectAtLeast, expectAtMost } from '../../measure/contradiction.ts';
import { sum } from '../../spec/sum.ts';
import type { RecoveryStudy } from './answer.ts';

/** What the figures of an answer say of each other. */
export function contradictions({ probes, recoveredAfterSeconds = 0, watchedSeconds }: RecoveryStudy): Contradiction[] {
  const { answered, badBefore, badDuring, badAfter } = probes;
  return [
    ...expectAtLeast(
      'study.probes.answered',
      answered,
      sum([badBefore, badDuring, badAfter]),
      'the bad ones among them',
    ),
    ...expectAtMost('study.recoveredAfterSeconds', recoveredAfterSeconds, watchedSeconds, 'as long as it was watched'),
  ];
}
