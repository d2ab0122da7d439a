import type { RecordTotals } from '../../measure/record/read-record.ts';

/** Which of how many equal parts of its load a script was told to send. */
export interface ScriptPart {
  readonly instance: number;
  readonly of: number;
}

/**
 * Where k6 was told to send a part of the load alone (`--execution-segment 1/4:1/2`).
 * @param record noted with the option `executionSegment`
 * @returns undefined for the whole load
 */
export function partOfLoad({ options }: Pick<RecordTotals, 'options'>): ScriptPart | undefined {
  const { executionSegment } = options;
  if (typeof executionSegment !== 'string') return undefined;
  const [from = 0, to = 1] = executionSegment.split(':').map(shareOf);
  const share = to - from;
  if (!(share > 0 && share < 1)) return undefined;
  // Of unequal parts the nearest: two thirds are no whole either.
  return { instance: Math.round(from / share) + 1, of: Math.max(2, Math.round(1 / share)) };
}

/** k6 writes fractions. */
function shareOf(text: string): number {
  const [part, of = '1'] = text.split('/');
  return Number(part) / Number(of);
}
