import { countInterrupted, countLost } from '../measure/measure-journeys.ts';
import type { JourneySummary, StoredLoad } from '../measure/measured.ts';
import { EXIT } from '../spec/exit-codes.ts';
import { formatCount, formatDuration, formatShare } from '../spec/units.ts';
import { counted } from '../spec/words.ts';
import type { StoredThreshold } from './threshold.ts';
import type { Reason } from './verdict-rank.ts';

interface JudgedJourneys {
  readonly journeys?: readonly JourneySummary[];
  readonly load: StoredLoad;
  readonly thresholds: readonly StoredThreshold[];
  readonly k6ExitCode: number | 'unknown' | undefined;
}

/** As of arrivals that are dropped: of so many a load may still be said to have passed. */
const MAX_OVERRUN_SHARE = 0.01;

/**
 * Whatever the budgets leave out: a journey that nobody came through has not passed.
 * @param isOrdinary whether the load is no more than the service is to take; else what becomes of journeys is for the
 *   answer to say
 */
export function judgeJourneys(
  { journeys = [], load, thresholds, k6ExitCode }: JudgedJourneys,
  isOrdinary = true,
): Reason[] {
  const isWhole = (k6ExitCode === EXIT.pass || k6ExitCode === EXIT.thresholds) && load.endedEarly !== true;
  const lost = journeys.length === 0 ? 0 : countLost(journeys, load);
  // What was lost in an exception says so itself.
  const ofLost = judgeLost(Math.max(0, lost - (load.iterations?.unawaited ?? 0)));
  if (!isOrdinary) return ofLost;
  return [
    ...journeys.flatMap((journey) => judgeJourney(journey, thresholds)),
    ...(isWhole && lost === 0 ? journeys.flatMap(judgeOverrun) : []),
    ...ofLost,
  ];
}

/** A load that comes to its end waits for journeys as long as they may take: what it then cuts off hangs. */
function judgeOverrun(journey: JourneySummary): Reason[] {
  const { name, started, completed, atMostSeconds } = journey;
  const overrun = countInterrupted(journey);
  if (completed === 0 || overrun / started <= MAX_OVERRUN_SHARE) return [];
  const share = `${formatCount(overrun)} of ${counted(started, 'journey')} (${formatShare(overrun / started, started)})`;
  const text = `journey ${name}: ${share} took longer than the ${formatDuration(atMostSeconds)} that they may, and were cut off: what they waited for is in no figure`;
  return [{ verdict: 'fail', text }];
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

function judgeLost(lost: number): Reason[] {
  if (lost === 0) return [];
  return [{ verdict: 'fail', text: `${counted(lost, 'journey')} came to no end: what they waited for never came` }];
}
