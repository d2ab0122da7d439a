import { countLost } from '../measure/measure-journeys.ts';
import type { JourneySummary, StoredLoad } from '../measure/measured.ts';
import { counted } from '../spec/words.ts';
import type { StoredThreshold } from './threshold.ts';
import type { Reason } from './verdict-rank.ts';

interface JudgedJourneys {
  readonly journeys?: readonly JourneySummary[];
  readonly load: StoredLoad;
  readonly thresholds: readonly StoredThreshold[];
}

/** Whatever the budgets leave out: a journey that nobody came through has not passed. */
export function judgeJourneys({ journeys = [], load, thresholds }: JudgedJourneys): Reason[] {
  return [...journeys.flatMap((journey) => judgeJourney(journey, thresholds)), ...judgeLost(journeys, load)];
}

/** One that was never started has only not passed where a budget wants something of it: that says so itself. */
function judgeJourney(
  { name, started, completed, stoppedAt, failed }: JourneySummary,
  thresholds: readonly StoredThreshold[],
): Reason[] {
  if (completed > 0 || started === 0) return [];
  const hasEnded = failed > 0 || Object.keys(stoppedAt).length > 0;
  const verdict = hasEnded ? 'fail' : 'no_data';
  const isKnown = thresholds.some((threshold) => threshold.journey === name && threshold.verdict === verdict);
  const why = hasEnded ? 'was completed' : 'came to its end before the load did';
  return isKnown ? [] : [{ verdict, text: `journey ${name}: not one of ${counted(started, 'journey')} ${why}` }];
}

function judgeLost(journeys: readonly JourneySummary[], load: StoredLoad): Reason[] {
  const lost = journeys.length === 0 ? 0 : countLost(journeys, load);
  if (lost === 0) return [];
  return [{ verdict: 'fail', text: `${counted(lost, 'journey')} came to no end: what they waited for never came` }];
}
