import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { changeText, describeReason, intervalText, nameOf, stateText, valueText } from '../../compare/describe.ts';
import { isGated } from '../../compare/gated.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, left, list, paragraph, table } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import { renderTerminal } from '../document/render-terminal.ts';
import { DECISION_TONES, hasFigures, sortRows, stateTone } from './comparison-rows.ts';
import { armText, noiseLine } from './comparison-texts.ts';

const MOST_OTHERS = 12;

/** The comparison as a terminal or a log shows it. */
export function renderComparisonTerminal(comparison: Comparison, hasColour: boolean): string {
  const { decision, headline, reasons, scenario, base, head, notes } = comparison;
  return renderTerminal(
    [
      [{ kind: 'verdict', tone: DECISION_TONES[decision], text: headline }, ...list(reasons)],
      [paragraph(`${scenario}: ${armText(base)} against ${armText(head)}`)],
      hasFigures(comparison) ? rowBlocks(comparison) : [],
      [
        paragraph(noiseLine(comparison)),
        ...notes.map((note): Block => ({ kind: 'paragraph', text: `Note: ${note}`, isAside: true })),
      ],
    ],
    hasColour,
  );
}

function rowBlocks(comparison: Comparison): Block[] {
  const { primary, telling, others } = sortRows(comparison);
  const shown = [...primary, ...telling, ...others.filter(isGated).slice(0, MOST_OTHERS)];
  const hidden = primary.length + telling.length + others.length - shown.length;
  const more = `  and ${counted(hidden, 'row')} more in the comparison's files`;
  return [tableOf(shown), ...(hidden > 0 ? [paragraph(more)] : [])];
}

function tableOf(rows: readonly ComparedRow[]): Block {
  const hasRemarks = rows.some((row) => describeReason(row) !== '');
  const columns = left('row', 'base', 'head', 'change', 'interval', 'state', ...(hasRemarks ? ['remark'] : []));
  return table(
    'Rows',
    columns,
    rows.map((row): Cell[] => [
      cell(nameOf(row)),
      cell(valueText(row.base, row.unit)),
      cell(valueText(row.head, row.unit)),
      cell(changeText(row.change, row.unit)),
      cell(intervalText(row)),
      cell(stateText(row), stateTone(row)),
      ...(hasRemarks ? [cell(describeReason(row))] : []),
    ]),
  );
}
