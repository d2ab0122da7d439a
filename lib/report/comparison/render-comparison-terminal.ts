import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import { changeText, describeReason, intervalText, shortNameOf, stateText, valueText } from '../../compare/describe.ts';
import { isGated } from '../../compare/gated.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, left, list, paragraph, table } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import { renderTerminal } from '../document/render-terminal.ts';
import { DECISION_TONES, hasFigures, sortRows, stateTone } from './comparison-rows.ts';
import { noiseLine, sidesText } from './comparison-texts.ts';

const MOST_REASONS = 5;
const MOST_TELLING = 15;
/** Rows in all, besides the primary ones: what is unchanged has a place where little is not. */
const MOST_ROWS = 12;
const MOST_REMARKS = 6;

/**
 * The comparison as a terminal or a log shows it.
 * @param hasColour whether the terminal takes colours and the user wants them
 * @param columns how wide the terminal is; without end in a log
 */
export function renderComparisonTerminal(comparison: Comparison, hasColour: boolean, columns?: number): string {
  const { decision, headline, reasons, notes } = comparison;
  const moreReasons = reasons.length - MOST_REASONS;
  return renderTerminal(
    [
      [
        { kind: 'verdict', tone: DECISION_TONES[decision], text: headline },
        ...list(reasons.slice(0, MOST_REASONS)),
        ...list(moreReasons > 0 ? [`and ${counted(moreReasons, 'more reason')} in the comparison's files`] : []),
      ],
      [paragraph(sidesText(comparison))],
      hasFigures(comparison) ? rowBlocks(comparison) : [],
      [
        paragraph(noiseLine(comparison)),
        ...notes.map((note): Block => ({ kind: 'paragraph', text: `Note: ${note}`, isAside: true })),
      ],
    ],
    hasColour,
    columns,
  );
}

function rowBlocks(comparison: Comparison): Block[] {
  const { primary, telling, others } = sortRows(comparison);
  const told = telling.slice(0, MOST_TELLING);
  const rest = others.filter(isGated).slice(0, Math.max(0, MOST_ROWS - told.length));
  const shown = [...primary, ...told, ...rest];
  const hidden = primary.length + telling.length + others.length - shown.length;
  const remarks = [...new Set(shown.map(remarkOf).filter((remark) => remark !== ''))];
  const footnotes = remarks.slice(0, MOST_REMARKS);
  const moreRemarks = remarks.length - footnotes.length;
  return [
    tableOf(shown, footnotes),
    ...(hidden > 0 ? [paragraph(`  and ${counted(hidden, 'row')} more in the comparison's files`)] : []),
    ...footnotes.map((remark, i) => paragraph(`  [${i + 1}] ${remark}`)),
    ...(moreRemarks > 0 ? [paragraph(`  and ${counted(moreRemarks, 'remark')} more in the comparison's files`)] : []),
  ];
}

/** Remarks are footnotes: in a column, one of them would make every line too wide. */
function tableOf(rows: readonly ComparedRow[], footnotes: readonly string[]): Block {
  return table(
    'Rows',
    left('row', 'base', 'head', 'change', 'interval', 'state'),
    rows.map((row): Cell[] => [
      cell(shortNameOf(row)),
      cell(valueText(row.base, row.unit)),
      cell(valueText(row.head, row.unit)),
      cell(changeText(row.change, row.unit)),
      cell(intervalText(row).replace(/ (pp|%) …/, ' …')),
      cell(`${shortStateOf(row)}${footnoteOf(row, footnotes)}`, stateTone(row)),
    ]),
  );
}

/** That it is small is a remark. */
function shortStateOf({ isRealButSmall: _, ...row }: ComparedRow): string {
  return stateText(row);
}

function remarkOf(row: ComparedRow): string {
  return [row.isRealButSmall === true ? 'a real change, within tolerance' : '', describeReason(row)]
    .filter((text) => text !== '')
    .join('; ');
}

function footnoteOf(row: ComparedRow, footnotes: readonly string[]): string {
  const place = footnotes.indexOf(remarkOf(row));
  return place === -1 ? '' : ` [${place + 1}]`;
}
