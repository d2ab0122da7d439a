import { type Contradiction, expectAtLeast, expectSame } from '../../measure/contradiction.ts';
import { countEnded } from '../../measure/measure-journeys.ts';
import type { JourneySummary } from '../../measure/measured.ts';
import type { RunSummary } from '../run-summary.ts';
import { distributionOfOne } from './latencies.ts';

/** Journeys are the iterations of their test: each ends at most once. */
export function contradictionsOfJourneys({ journeys = [] }: RunSummary): Contradiction[] {
  return journeys.flatMap((journey, i) => {
    const member = `journeys[${i}]`;
    return [
      ...sameNames(member, journey, journeys.slice(0, i)),
      ...expectAtLeast(`${member}.started`, journey.started, countEnded(journey), 'since each that ended was started'),
      ...expectSame(`${member}.durationMs.count`, journey.durationMs.count, journey.completed, 'the completed ones'),
      ...distributionOfOne(`${member}.durationMs`, journey.durationMs),
    ];
  });
}

/** Two of one name would be judged by the first of them. */
function sameNames(member: string, { name }: JourneySummary, before: readonly JourneySummary[]): Contradiction[] {
  return before.some((each) => each.name === name)
    ? [{ member: `${member}.name`, received: JSON.stringify(name), expected: 'another name than those before it' }]
    : [];
}
