import { type Contradiction, expectAtLeast, expectAtMost } from '../../measure/contradiction.ts';
import { sum } from '../../spec/sum.ts';
import type { RecoveryStudy } from './answer.ts';

/** What the figures of an answer say of each other. */
export function contradictions(study: RecoveryStudy): Contradiction[] {
  const { probes, journeys, recoveredAfterSeconds = 0, watchedSeconds, seconds } = study;
  const { answered, badBefore, badDuring, badAfter } = probes;
  return [
    ...expectAtMost('study.journeys.completed', journeys?.completed ?? 0, answered, 'as many as there were'),
    ...expectAtLeast(
      'study.probes.answered',
      answered,
      sum([badBefore, badDuring, badAfter]),
      'the bad ones among them',
    ),
    ...seconds.flatMap((second, i) =>
      expectAtMost(`study.seconds[${i}].failed`, second.failed ?? 0, second.probes, 'as many as there were'),
    ),
    ...expectAtMost('study.recoveredAfterSeconds', recoveredAfterSeconds, watchedSeconds, 'as long as it was watched'),
  ];
}
