import { byVerdict, isExcused } from '../../core/judge/threshold-order.ts';
import type { ThresholdRow } from '../model/thresholds.ts';
import { remarkText } from '../sections/threshold-texts.ts';
import type { Gate } from './gate.ts';

/** The thresholds of all runs, by what is to be done about them. */
export interface SortedRows {
  /** Not held, and decisive: crossed before not measured. */
  readonly crossed: readonly ThresholdRow[];
  /** Not held, and let through. */
  readonly excused: readonly ThresholdRow[];
  /** Which nothing can cross. */
  readonly idle: readonly ThresholdRow[];
  /** The unstable ones first, then the nearest to its limit. */
  readonly held: readonly ThresholdRow[];
}

export function sortRows({ runs }: Pick<Gate, 'runs'>): SortedRows {
  const rows = runs
    .flatMap(({ thresholds }) => thresholds)
    .sort((a, b) => byVerdict(a, b) || certaintyOf(a) - certaintyOf(b) || marginOf(a) - marginOf(b));
  return {
    crossed: rows.filter(({ verdict }) => verdict === 'fail' || verdict === 'no_data'),
    excused: rows.filter((row) => isExcused(row) && row.verdict !== 'idle'),
    idle: rows.filter(({ verdict }) => verdict === 'idle'),
    held: rows.filter(({ verdict }) => verdict === 'pass'),
  };
}

/** What hangs on single replies wants a look, also where it holds. */
function certaintyOf({ unstable }: ThresholdRow): number {
  return unstable === undefined ? 1 : 0;
}

function marginOf({ margin }: ThresholdRow): number {
  return margin ?? Number.POSITIVE_INFINITY;
}

/** What is to be known beside the verdict, in a cell of its own. */
export function gateRemark(row: ThresholdRow): string {
  return [row.hasFewSamples ? 'few samples' : '', remarkText(row)].filter((text) => text !== '').join('; ');
}
