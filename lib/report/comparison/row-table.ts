import type { ComparedRow } from '../../compare/comparison.ts';
import { changeText, describeReason, shortNameOf, stateText, valueText } from '../../compare/describe.ts';
import type { Block, Cell } from '../../core/spec/document/blocks.ts';
import { cell, left, list, NOT_MEASURED, right, shareCell, table } from '../../core/spec/document/cells.ts';
import { groupBy } from '../../core/spec/group-by.ts';
import { named } from '../../core/spec/words.ts';
import { stateTone } from './comparison-rows.ts';

/** From so many rows on, a remark of theirs is said once, below the table. */
const ROWS_TO_SHARE = 2;

/** Rows with one value in each cell; what there is to say of a row stands below it, of many rows below them all. */
export function rowBlocks(caption: string, rows: readonly ComparedRow[]): Block[] {
  const byRemark = groupBy(rows, describeReason);
  byRemark.delete('');
  const isShared = (remark: string) => (byRemark.get(remark)?.length ?? 0) >= ROWS_TO_SHARE;
  const ownRemark = (row: ComparedRow) => {
    const remark = describeReason(row);
    return remark === '' || isShared(remark) ? undefined : { text: remark };
  };
  const shared = [...byRemark].filter(([remark]) => isShared(remark));
  return [
    table(
      caption,
      [
        ...left('Figure'),
        ...right('Base', 'Head', 'Change', 'At least', 'At most'),
        ...left('State'),
        ...right('Noise'),
      ],
      rows.map(rowCells),
      rows.map(ownRemark),
    ),
    ...list(shared.map(([remark, own]) => `${whichOf(own, rows)}: ${remark}`)),
  ];
}

function whichOf(own: readonly ComparedRow[], rows: readonly ComparedRow[]): string {
  return own.length === rows.length ? 'All rows' : named(own.map(shortNameOf));
}

/** What decides is bold. */
function rowCells(row: ComparedRow): Cell[] {
  const { base, head, unit, change, low, high, noiseCv, family } = row;
  const name = shortNameOf(row);
  return [
    cell(family === 'information' ? name : [{ strong: name }]),
    valueCell(base, unit),
    valueCell(head, unit),
    changeCell(change, unit),
    changeCell(low, unit),
    changeCell(high, unit),
    cell(stateText(row), stateTone(row)),
    shareCell(noiseCv),
  ];
}

function changeCell(change: number | undefined, unit: ComparedRow['unit']): Cell {
  return change === undefined || Number.isNaN(change)
    ? cell(NOT_MEASURED)
    : { text: changeText(change, unit), sort: change };
}

export function valueCell(value: number | undefined, unit: ComparedRow['unit']): Cell {
  return value === undefined ? cell(NOT_MEASURED) : { text: valueText(value, unit), sort: value };
}
