import { OUTCOME_LABELS } from '../../measure/outcome.ts';
import { named } from '../../spec/words.ts';
import { formatRate } from '../format-rate.ts';
import type { BreakpointStudy, BrokenBy } from './answer.ts';

const BROKEN_BY: Readonly<Record<BrokenBy, string>> = {
  errors: 'requests failed',
  latency: 'replies became too slow',
  throughput: 'replies came more slowly than requests',
};

export function headline({ sustainedPerSecond, broke, mostOkPerSecond, steps }: BreakpointStudy): string {
  const isLowest = sustainedPerSecond === steps[0]?.level;
  const sustained =
    sustainedPerSecond === undefined
      ? `It does not sustain even the lowest rate, ${formatRate(steps[0]?.level ?? 0)}`
      : `It sustains ${broke === undefined ? 'at least ' : ''}${formatRate(sustainedPerSecond)}`;
  if (broke === undefined) return `${sustained}, the highest rate that was sent: it did not break.`;
  const outcome = broke.outcome === undefined ? '' : ` (${OUTCOME_LABELS[broke.outcome]})`;
  const served = mostOkPerSecond === undefined ? '' : `; ${describeMost(mostOkPerSecond)}`;
  const how = named(broke.by.map((by) => `${BROKEN_BY[by]}${by === 'errors' ? outcome : ''}`));
  return `${sustained}${isLowest ? ', the lowest rate that was sent,' : ','} and breaks at ${formatRate(broke.atPerSecond)}: ${how}${served}.`;
}

/** A step that was cut short is too short to say what is served: it is not in this. */
export function describeMost(mostOkPerSecond: number): string {
  return `at most ${formatRate(mostOkPerSecond)} were served in a whole step`;
}
