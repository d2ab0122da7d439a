import type { ThresholdVerdict } from '../../core/judge/threshold.ts';
import { describeExcuse, figureText } from '../../core/judge/threshold-text.ts';
import { verdictText } from '../../core/judge/verdict-text.ts';
import type { Cell, Tone } from '../../core/spec/document/blocks.ts';
import { cell, NOT_MEASURED } from '../../core/spec/document/cells.ts';
import { formatLimit } from '../../core/spec/figure-text.ts';
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

/** Of what a limit allows, how much is used: 100 % is at the limit, more is beyond it. */
export function usedText({ margin }: ThresholdRow): string {
  return margin === undefined ? NOT_MEASURED : formatUsed(1 - margin);
}

/** The same with a small bar. */
export function usedCell(row: ThresholdRow): Cell {
  const { margin, verdict } = row;
  if (margin === undefined) return cell(NOT_MEASURED);
  return { text: usedText(row), sort: 1 - margin, used: 1 - margin, tone: TONES[verdict] };
}

/** Whole percents, but never 100 for what is not at the limit: a reader acts on which side it is. */
function formatUsed(used: number): string {
  if (used > 0 && used < 0.01) return '< 1 %';
  if (used > 0.99 && used < 1) return '> 99 %';
  if (used > 1 && used < 1.01) return '> 100 %';
  return formatShare(Math.round(used * 100) / 100);
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
export function unstableText({ unstable, shareOverLimit, limit, samples }: ThresholdRow): string {
  if (unstable === undefined) return '';
  const share =
    shareOverLimit === undefined
      ? ''
      : `; ${formatShare(shareOverLimit, samples)} of responses took ${formatLimit(limit, 'ms')} or more`;
  return `unstable: the true value may be from ${formatMs(unstable.lowMs)} to ${formatMs(unstable.highMs)}${share}`;
}
