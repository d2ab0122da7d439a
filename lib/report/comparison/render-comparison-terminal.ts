import pc from 'picocolors';
import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { isGated } from '../../compare/decide.ts';
import { changeText, describeReason, intervalText, nameOf, stateText, valueText } from '../../compare/describe.ts';
import { counted } from '../../core/spec/words.ts';
import { oneLine, plainTable } from '../terminal-text.ts';
import { DECISION_TONES, sortRows, stateTone } from './comparison-rows.ts';
import { armText, noiseLine } from './comparison-texts.ts';

const MOST_OTHERS = 12;

/** The comparison as a terminal or a log shows it. */
export function renderComparisonTerminal(comparison: Comparison, hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const paint = (tone: string, text: string) =>
    tone === 'good'
      ? colours.green(text)
      : tone === 'bad'
        ? colours.red(text)
        : tone === 'caution'
          ? colours.yellow(text)
          : text;
  const { primary, telling, others } = sortRows(comparison);
  const gated = others.filter(isGated);
  const shown = [...primary, ...telling, ...gated.slice(0, MOST_OTHERS)];
  const hidden = primary.length + telling.length + others.length - shown.length;
  const isCompared = comparison.decision !== 'incomparable';
  return [
    '',
    colours.bold(paint(DECISION_TONES[comparison.decision], oneLine(comparison.headline))),
    ...comparison.reasons.map((reason) => `  - ${oneLine(reason)}`),
    '',
    oneLine(`${comparison.scenario}: ${armText(comparison.base)} against ${armText(comparison.head)}`),
    '',
    ...(isCompared ? [tableOf(shown, (row, text) => paint(stateTone(row), text))] : []),
    ...(isCompared && hidden > 0
      ? [`  and ${counted(hidden, 'row')} more in the comparison's files, for information or unchanged`]
      : []),
    '',
    oneLine(noiseLine(comparison)),
    ...comparison.notes.map((note) => colours.dim(`Note: ${oneLine(note)}`)),
    '',
  ].join('\n');
}

function tableOf(rows: readonly ComparedRow[], paint: (row: ComparedRow, text: string) => string): string {
  const hasRemarks = rows.some((row) => describeReason(row) !== '');
  const table = plainTable(['row', 'base', 'head', 'change', 'interval', 'state', ...(hasRemarks ? ['remark'] : [])]);
  for (const row of rows) {
    table.push([
      oneLine(nameOf(row)),
      valueText(row.base, row.unit),
      valueText(row.head, row.unit),
      changeText(row.change, row.unit),
      intervalText(row),
      paint(row, stateText(row)),
      ...(hasRemarks ? [oneLine(describeReason(row))] : []),
    ]);
  }
  return table.toString();
}
