import type { Contradiction } from '../../measure/contradiction.ts';
import type { RunSummary } from '../run-summary.ts';
import { contradictionsOfAnswer } from './answers.ts';
import { contradictionsOfCounts } from './counts.ts';
import { contradictionsOfJourneys } from './journeys.ts';
import { contradictionsOfJudgement } from './judgement.ts';
import { contradictionsOfLatencies } from './latencies.ts';
import { contradictionsOfMerge } from './merged.ts';
import { contradictionsOfRecord } from './recorded.ts';
import { contradictionsOfTimes } from './times.ts';

/** What cannot be true at the same time in a summary of ours, the gravest first; nothing in a true one. */
export function contradictionsOf(run: RunSummary): Contradiction[] {
  return [
    ...contradictionsOfCounts(run),
    ...contradictionsOfLatencies(run),
    ...contradictionsOfJourneys(run),
    ...contradictionsOfTimes(run),
    ...contradictionsOfRecord(run),
    ...contradictionsOfMerge(run),
    ...contradictionsOfAnswer(run),
    ...contradictionsOfJudgement(run),
  ];
}
