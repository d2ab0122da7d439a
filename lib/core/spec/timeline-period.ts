import type { ExpectedLoad } from './expected-load.ts';
import { RECORD_BYTES_PER_REQUEST } from './expected-memory.ts';
import { formatCount, formatDuration, formatGibibytes } from './units.ts';

/** How a run is to be recorded over time; without a period, not at all. */
export interface TimelineChoice {
  readonly periodSeconds?: number;
  /** Where it is not what one would expect: one line for whoever started the run. */
  readonly remark?: string;
}

/** k6 itself, and the embedded backend beside it, need the rest. */
const MOST_OF_MEMORY = 1 / 4;

const SHORT_RUN_SECONDS = 60;

/** By the most requests it is fit for: each period ends with a sorting of all samples since the run began. */
const PERIODS: readonly { readonly requests: number; readonly seconds: number }[] = [
  { requests: 300_000, seconds: 2 },
  { requests: 750_000, seconds: 5 },
];
const LONG_PERIOD = { requests: 1_500_000, seconds: 10 };

/** As often as is useful, as long as the record takes little of k6's time and memory. */
export function chooseTimeline({ requests, seconds }: ExpectedLoad, memoryBytes: number): TimelineChoice {
  const expected = `about ${formatCount(requests)} requests are expected`;
  const neededBytes = requests * RECORD_BYTES_PER_REQUEST;
  if (neededBytes > memoryBytes * MOST_OF_MEMORY) {
    return {
      remark: `No requests over time: ${expected}, and k6 would need ${formatGibibytes(neededBytes)} more for them.`,
    };
  }
  const periodSeconds = choosePeriod(requests, seconds);
  if (periodSeconds <= 2) return { periodSeconds };
  return { periodSeconds, remark: `Requests over time every ${formatDuration(periodSeconds)}: ${expected}.` };
}

function choosePeriod(requests: number, seconds: number): number {
  const period = PERIODS.find((each) => requests < each.requests);
  if (period === undefined) return LONG_PERIOD.seconds * Math.ceil(requests / LONG_PERIOD.requests);
  return period.seconds === 2 && seconds < SHORT_RUN_SECONDS ? 1 : period.seconds;
}
