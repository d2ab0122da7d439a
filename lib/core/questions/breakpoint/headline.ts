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
  const sustained =
    sustainedPerSecond === undefined
      ? `It does not sustain even the lowest rate, ${formatRate(steps[0]?.level ?? 0)}`
      : `It sustains ${formatRate(sustainedPerSecond)}`;
  if (broke === undefined) return `${sustained}, the highest rate that was sent: it did not break.`;
  const outcome = broke.outcome === undefined ? '' : ` (${OUTCOME_LABELS[broke.outcome]})`;
  const served = mostOkPerSecond === undefined ? '' : `; at most ${formatRate(mostOkPerSecond)} were served`;
  return `${sustained}, and breaks at ${formatRate(broke.atPerSecond)}: ${named(broke.by.map((by) => `${BROKEN_BY[by]}${by === 'errors' ? outcome : ''}`))}${served}.`;
}
