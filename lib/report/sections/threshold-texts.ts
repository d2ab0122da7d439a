import { formatLimit } from '../../core/judge/figure-text.ts';
import type { ThresholdVerdict } from '../../core/judge/threshold.ts';
import { describeExcuse, figureText } from '../../core/judge/threshold-text.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Cell, Tone } from '../../core/spec/document/blocks.ts';
import { cell, NOT_MEASURED } from '../../core/spec/document/cells.ts';
import { formatMs, formatShare } from '../../core/spec/units.ts';
import type { ThresholdRow } from '../model/thresholds.ts';

/** The title of the column that says what a limit is on. */
export function subjectTitle(rows: readonly ThresholdRow[]): 'Endpoint' | 'Of' {
  return rows.some(({ journey, custom }) => journey !== undefined || custom !== undefined) ? 'Of' : 'Endpoint';
}

export function limitText({ operator, limit, unit }: ThresholdRow): string {
  return `${operator} ${formatLimit(limit, unit)}`;
}

export function actualText(row: ThresholdRow): string {
  return figureText(row) ?? NOT_MEASURED;
}

/** Below this it is no distance that anyone could act on. */
const LEAST_MARGIN = 0.0001;

export function marginText({ margin }: ThresholdRow): string {
  if (margin === undefined) return NOT_MEASURED;
  if (margin !== 0 && Math.abs(margin) < LEAST_MARGIN) return margin < 0 ? 'just beyond' : 'just within';
  return `${margin < 0 ? '−' : '+'}${formatShare(Math.abs(margin))}`;
}

const TONES: Readonly<Record<ThresholdVerdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  no_data: 'caution',
  warn: 'caution',
  waived: 'caution',
  idle: 'caution',
};

export function thresholdCell(verdict: ThresholdVerdict): Cell {
  return cell(verdictText(verdict), TONES[verdict]);
}

/** What a reader must know beside the verdict: why it decides nothing, what would tell, and whether it hangs on single replies. */
export function remarkText(row: ThresholdRow): string {
  return [describeExcuse(row), row.toTell, row.unstable && unstableText(row)]
    .filter((text) => text !== undefined)
    .join('; ');
}

/** A percentile on a step of its distribution hangs on single replies; the share beyond the limit does not. */
export function unstableText({ unstable, shareOverLimit, limit }: ThresholdRow): string {
  if (unstable === undefined) return '';
  const share =
    shareOverLimit === undefined ? '' : `; ${formatShare(shareOverLimit)} of the replies took ${limit} ms or more`;
  return `unstable: anything from ${formatMs(unstable.lowMs)} to ${formatMs(unstable.highMs)} is as likely${share}`;
}
