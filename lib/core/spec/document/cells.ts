import { formatCount, formatMs, formatRate, formatShare } from '../units.ts';
import type { Block, Cell, Column, RowNote, Text, Tone } from './blocks.ts';

/** What stands where nothing was measured: never a 0. */
export const NOT_MEASURED = '–';

export function cell(text: Text, tone?: Tone): Cell {
  return tone === undefined ? { text } : { text, tone };
}

/** A number that a table can be sorted by. */
export function numberCell(value: number | undefined, format: (value: number) => string): Cell {
  return value === undefined ? { text: NOT_MEASURED } : { text: format(value), sort: value };
}

export const countCell = (value: number | undefined): Cell => numberCell(value, formatCount);
export const msCell = (value: number | undefined): Cell => numberCell(value, (ms) => formatMs(ms));
export const rateCell = (value: number | undefined): Cell => numberCell(value, (perSecond) => formatRate(perSecond));
/** @param samples of how many it is a share */
export const shareCell = (value: number | undefined, samples?: number): Cell =>
  numberCell(value, (share) => formatShare(share, samples));

export function left(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title }));
}

export function right(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: 'right' }));
}

export function heading(level: 2 | 3 | 4, text: string): Block {
  return { kind: 'heading', level, text };
}

export function paragraph(text: Text): Block {
  return { kind: 'paragraph', text };
}

/** No block for a list without items. */
export function list(items: readonly Text[], isOrdered = false): Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items, ...(isOrdered ? { isOrdered } : {}) }];
}

export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  notes?: readonly (RowNote | undefined)[],
): Block {
  const hasNotes = notes?.some((note) => note !== undefined) ?? false;
  return { kind: 'table', caption, columns, rows, ...(hasNotes && notes ? { notes } : {}) };
}

/** Names with what is known under them: what is not known is left out. */
export function facts(...known: readonly (readonly [name: string, text: Text | undefined])[]): Block {
  return { kind: 'facts', facts: known.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }])) };
}

/** No block where there is nothing to fold. */
export function details(title: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'details', title, blocks }];
}
