import { OUTCOME_LABELS } from '../../measure/outcome.ts';
import { formatPlannedRate, formatRate } from '../../spec/units.ts';
import { named } from '../../spec/words.ts';
import type { BreakpointStudy, BrokenBy } from './answer.ts';

const BROKEN_BY: Readonly<Record<BrokenBy, string>> = {
  errors: 'requests failed',
  journeys: 'journeys were not completed',
  latency: 'responses became too slow',
  throughput: 'responses came more slowly than requests',
};

const BROKEN_BY_OF_JOURNEYS: typeof BROKEN_BY = {
  ...BROKEN_BY,
  throughput: 'journeys ended more slowly than they began',
};

export function headline(study: BreakpointStudy): string {
  const { sustainedPerSecond, broke, steps } = study;
  const isLowest = sustainedPerSecond === steps[0]?.level;
  const sustained =
    sustainedPerSecond === undefined
      ? `Does not sustain even the lowest rate, ${formatArrivals(steps[0]?.level ?? 0, study)}`
      : `Sustains ${broke === undefined ? 'at least ' : ''}${formatArrivals(sustainedPerSecond, study)}`;
  if (broke === undefined) return `${sustained}, the highest rate sent; it did not break.`;
  const outcome = broke.outcome === undefined ? '' : ` (${OUTCOME_LABELS[broke.outcome]})`;
  const most = describeMost(study);
  const brokenBy = isOfJourneys(study) ? BROKEN_BY_OF_JOURNEYS : BROKEN_BY;
  const how = named(broke.by.map((by) => `${brokenBy[by]}${by === 'errors' ? outcome : ''}`));
  return `${sustained}${isLowest ? ' (the lowest rate sent)' : ''}; breaks at ${formatArrivals(broke.atPerSecond, study)}: ${how}${most === undefined ? '' : `; ${most}`}.`;
}

/** Whether its rates are of journeys, and not of requests. */
export function isOfJourneys({ leastCompletedShare }: Pick<BreakpointStudy, 'leastCompletedShare'>): boolean {
  return leastCompletedShare !== undefined;
}

/** A rate of the plan, that was sent or sustained: `149/s` of requests, `30 journeys/s`. */
export function formatArrivals(perSecond: number, study: Pick<BreakpointStudy, 'leastCompletedShare'>): string {
  return formatPlannedRate(perSecond, isOfJourneys(study) ? 'journeys' : undefined);
}

/** A step that was cut short is too short to say what is served: it is not in this. */
export function describeMost({
  mostOkPerSecond,
  mostCompletedPerSecond: completed,
}: Pick<BreakpointStudy, 'mostOkPerSecond' | 'mostCompletedPerSecond'>): string | undefined {
  if (mostOkPerSecond === undefined) return undefined;
  if (completed === undefined) return `at most ${formatRate(mostOkPerSecond)} served in a full step`;
  return `at most ${formatRate(completed, 'journeys')} completed in a full step, and ${formatRate(mostOkPerSecond, 'requests')} answered`;
}
