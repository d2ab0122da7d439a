import { type Contradiction, expectAtLeast } from '../../measure/contradiction.ts';
import type { SoakStudy } from './answer.ts';

/** What the figures of an answer say of each other. */
export function contradictions({ drifts }: SoakStudy): Contradiction[] {
  return drifts.flatMap(({ intervalPerHour }, i) => {
    const [low, high] = intervalPerHour ?? [0, 0];
    return expectAtLeast(`study.drifts[${i}].intervalPerHour[1]`, high, low, 'since its lower end is that');
  });
}
