import type { RecordTotals } from '../../measure/record/read-record.ts';
import { formatCount } from '../../spec/units.ts';
import { counted } from '../../spec/words.ts';

export interface Lacking {
  /** Metrics that are left out. */
  readonly leftOut: number;
  /** Iterations that an exception ended. */
  readonly thrown?: number;
  /** Those of them that came out of a promise. */
  readonly unawaited?: number;
  /** Thresholds that hold because nothing was measured. */
  readonly heldByNone: number;
  /** Whether k6 was told to judge nothing. */
  readonly isEngineOff: boolean;
  /** Whether several k6 processes sent the load. */
  readonly isMerged: boolean;
}

/** What of a script's run a reader must know to be missing, one sentence each. */
export function lacksOfScript({ end }: Pick<RecordTotals, 'end'>, lacking: Lacking): string[] {
  const { leftOut, thrown = 0, unawaited = 0, heldByNone } = lacking;
  const { foldedRows = 0, hostsUnknown, droppedHosts = 0 } = end;
  return [
    ...howJudged(lacking),
    "The planned load is k6's own, so it is not known whether all of it was sent. Only iterations that k6 dropped are counted.",
    thrown === 0
      ? 'k6 counts an iteration that an exception ended as complete. Its log has none.'
      : `An exception ended ${counted(thrown, 'iteration')}, and k6 counts them as complete: k6.log says what it was.${describePromises(unawaited)}`,
    'No unloaded baseline was measured, so what always fails cannot be told from what fails under load.',
    ...(foldedRows > 0
      ? [`${formatCount(foldedRows)} rows were too many to tell apart: their requests are in all totals.`]
      : []),
    ...(hostsUnknown === true ? ['k6 does not tell the hosts of requests that have a name.'] : []),
    ...(droppedHosts > 0 ? [`${formatCount(droppedHosts)} further hosts were met.`] : []),
    ...(leftOut > 0 ? [`${formatCount(leftOut)} further metrics are left out.`] : []),
    ...(heldByNone > 0
      ? [`${counted(heldByNone, 'threshold')} had no sample: k6 takes that as held, also where a tag is misspelt.`]
      : []),
  ];
}

/** An iteration that is async itself, and one that lacks an `await`, are the same to k6. */
function describePromises(unawaited: number): string {
  if (unawaited === 0) return '';
  return ` ${formatCount(unawaited)} of them came out of an async function: one that nobody awaits goes on beside its iteration, so see that each is called with await.`;
}

/** By whom the thresholds were judged, and what became of the rest of k6's engine. */
function howJudged({ isEngineOff, isMerged }: Lacking): string[] {
  if (!isMerged) return [isEngineOff ? `${ENGINE_OFF}: handleSummary() did not run, and ${BY_RECORD}` : BY_ENGINE];
  const own = isEngineOff ? 'setup() and teardown()' : 'setup(), teardown() and handleSummary()';
  return [
    `The thresholds of the script were judged from the records of all its k6 processes together: each of these saw its part alone. ${own} ran in each of them.`,
    ...(isEngineOff ? [`${ENGINE_OFF}: handleSummary() did not run.`] : []),
  ];
}

const ENGINE_OFF = "k6's own engine was off (--flat-memory)";
const BY_ENGINE = 'The thresholds of the script are as k6 judged them: over its whole run, with setup and teardown.';
const BY_RECORD =
  'the thresholds of the script were judged from the histograms of the record, over the whole run, with setup and teardown.';
