import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Cell, Column, RowNote, Table, Text } from '../../core/spec/document/blocks.ts';
import { present } from '../../core/spec/present.ts';
import { shareBar } from './html-bar.ts';
import { lines, scrollRegion } from './html-layout.ts';
import { inlineHtml, toneMark } from './html-text.ts';
import { visibleText } from './visible-text.ts';

/** Tables up to this many rows stay on one sheet of paper. */
const MOST_ROWS_ON_A_SHEET = 20;
/** From this many columns on, a table takes the whole width. */
const COLUMNS_OF_A_WIDE_TABLE = 4;

/** Texts up to this many characters stay on one line. */
const LONGEST_UNBROKEN = 18;
const LONGEST_FIGURE = 24;

/** From this many rows on a reader wants to look for one. */
const ROWS_TO_FILTER = 16;

export function tableHtml({ caption, columns, rows, notes = [] }: Table): Element {
  const className = [
    ...(rows.length > 1 ? ['sortable'] : []),
    ...(rows.length >= ROWS_TO_FILTER ? ['filtered'] : []),
    ...(rows.length <= MOST_ROWS_ON_A_SHEET ? ['short'] : []),
    ...(columns.length >= COLUMNS_OF_A_WIDE_TABLE ? ['wide'] : []),
  ];
  // Border and padding are for where no style sheet is allowed.
  return scrollRegion(caption, [
    h('table', { className, border: 1, cellPadding: 6, cellSpacing: 0 }, [
      h('caption', visibleText(caption)),
      ...lines([
        h('thead', h('tr', columns.map(headHtml))),
        h('tbody', lines(rows.flatMap((row, i) => rowHtml(columns, row, notes[i])))),
      ]),
    ]),
  ]);
}

/** The row, and what there is to say of it in a row below. */
function rowHtml(columns: readonly Column[], row: readonly Cell[], { text, anchor }: RowNote = {}): Element[] {
  const isProblem = row.some(({ tone }) => tone === 'bad' || tone === 'caution');
  const properties = { ...present({ id: anchor }), ...(isProblem ? { dataProblem: '' } : {}) };
  const cells = columns.map((column, i) => cellHtml(column, row[i], i === 0));
  if (text === undefined) return [h('tr', properties, cells)];
  return [
    h('tr', { ...properties, className: ['noted'] }, cells),
    h('tr', { className: ['note'] }, h('td', { colSpan: columns.length }, inlineHtml(text))),
  ];
}

function headHtml({ title, align }: Column): Element {
  return h('th', { scope: 'col', ...alignment(align) }, visibleText(title));
}

function cellHtml({ align }: Column, cell: Cell | undefined, isFirst: boolean): Element {
  const content = cell === undefined ? [] : contentOf(cell);
  const properties = {
    ...(isFirst ? { scope: 'row' } : {}),
    ...alignment(align, lengthOf(cell?.text ?? '')),
    ...(align !== 'right' && lengthOf(cell?.text ?? '') <= LONGEST_UNBROKEN ? { className: ['brief'] } : {}),
    ...(cell?.sort === undefined || !Number.isFinite(cell.sort) ? {} : { dataSort: String(cell.sort) }),
  };
  return h(isFirst ? 'th' : 'td', properties, content);
}

/** The attributes do it where no style sheet is allowed. What is long is a sentence and no figure, and may break. */
function alignment(align: Column['align'], length = 0): { align: string; noWrap?: true; className?: string[] } {
  if (align !== 'right') return { align: 'left' };
  return { align, noWrap: true, className: [length > LONGEST_FIGURE ? 'long' : 'number'] };
}

function lengthOf(text: Text): number {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map((part) => (typeof part === 'string' ? part : Object.values(part).join(''))).join('').length;
}

function contentOf({ text, tone, used }: Cell): ElementContent[] {
  const content = [...(used === undefined ? [] : [shareBar(used, tone ?? 'good', USED)]), ...inlineHtml(text)];
  if (tone === undefined || tone === 'plain') return content;
  return [h('span', { className: ['tone', tone] }, [...toneMark(tone, 14), ...content])];
}

const USED = { width: 60, height: 8, className: ['used'] };
