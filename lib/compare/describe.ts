import { formatFigure, formatMs, formatShare, withoutZeros } from '../core/spec/units.ts';
import type { ComparedRow } from './comparison.ts';
import { nameOfSubject } from './row-subject.ts';

/** `services: p95 of ok replies`. */
export function nameOf({ title, ...row }: Pick<ComparedRow, 'endpoint' | 'journey' | 'title'>): string {
  const subject = nameOfSubject(row);
  return subject === undefined ? title : `${subject}: ${title}`;
}

/** `services: p95`: every latency of a comparison is of successful responses, and no failure is an expected 429. */
export function shortNameOf(row: Pick<ComparedRow, 'endpoint' | 'journey' | 'title'>): string {
  return nameOf({ ...row, title: row.title.replace(/ of successful responses$| \(excluding .*\)$/, '') });
}

/** With three digits that matter, since a change is what is to be seen. */
export function valueText(value: number | undefined | null, unit: ComparedRow['unit']): string {
  if (value === undefined || value === null || Number.isNaN(value)) return 'not measured';
  if (unit === 'ms') return formatMs(value, 3);
  return unit === 'share' ? formatShare(value) : `${formatFigure(value, 3)}/s`;
}

/** `+9.1 %`, `+362 %`, or `+0.56 pp` for shares: whole from ten on, and else with one decimal, of less than 1 pp with two. */
export function changeText(change: number | undefined, unit: ComparedRow['unit']): string {
  if (change === undefined || Number.isNaN(change)) return 'not known';
  const points = 100 * change;
  const size = Math.abs(points);
  const shown = size >= 9.95 ? formatFigure(size) : size.toFixed(unit === 'share' && size < 1 ? 2 : 1);
  const sign = Number(shown) === 0 ? '' : points > 0 ? '+' : '−';
  return `${sign}${withoutZeros(shown)} ${unit === 'share' ? 'pp' : '%'}`;
}

/** `+7.4 % … +10.9 %`; empty where the noise is unknown. */
export function intervalText({ low, high, unit }: Pick<ComparedRow, 'low' | 'high' | 'unit'>): string {
  return low === undefined || high === undefined ? '' : `${changeText(low, unit)} … ${changeText(high, unit)}`;
}

const STATES: Partial<Record<ComparedRow['state'], string>> = {
  suspect: 'inconclusive (suspect)',
};

export function stateText({
  state,
  isRealButSmall,
  change = 0,
  accepted,
}: Pick<ComparedRow, 'state' | 'isRealButSmall' | 'change' | 'accepted'>): string {
  if (accepted !== undefined) return `${STATES[state] ?? state}, accepted`;
  if (isRealButSmall === true) return `slightly ${change < 0 ? 'lower' : 'higher'} (within tolerance)`;
  return STATES[state] ?? state;
}

/** Why a row has its state, or what would tell; empty where the figures say it. */
export function describeReason(row: DescribedRow): string {
  return [row.decidesBecause ?? '', whyItsState(row)].filter((each) => each !== '').join('; ');
}

type DescribedRow = Pick<
  ComparedRow,
  'state' | 'reason' | 'decidesBecause' | 'worse' | 'low' | 'high' | 'unit' | 'pairsNeeded' | 'sampling'
>;

function whyItsState(row: DescribedRow): string {
  const { state, reason, worse, low, high, unit, pairsNeeded, sampling } = row;
  if (reason !== undefined) {
    if (sampling === undefined) return reason;
    const range = ([from, to]: readonly [number, number]) => `${valueText(from, unit)} to ${valueText(to, unit)}`;
    return `${reason}; by chance alone base could be ${range(sampling.base)}, head ${range(sampling.head)}`;
  }
  const worst = worse === 'lower' ? low : high;
  if ((state !== 'inconclusive' && state !== 'suspect') || worst === undefined) return '';
  const needed = pairsNeeded === undefined ? '' : `, ${pairsNeeded} pairs would tell`;
  return `could be as bad as ${changeText(worst, unit)}${needed}`;
}

/** One sentence with the numbers. */
export function describeChange(row: ComparedRow): string {
  const { base, head, unit, change, low, high } = row;
  const interval =
    low === undefined || high === undefined ? '' : `, between ${changeText(low, unit)} and ${changeText(high, unit)}`;
  const figures =
    base === undefined || head === undefined
      ? ''
      : ` from ${valueText(base, unit)} to ${valueText(head, unit)} (${changeText(change, unit)}${interval})`;
  const reason = describeReason(row);
  return `${nameOf(row)}: ${stateText(row)}${figures}${reason === '' ? '' : `: ${reason}`}`;
}
