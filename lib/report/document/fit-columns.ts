import { sum } from '../../core/spec/sum.ts';

/** The colours that a renderer paints with: any other escape was taken out before. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

export function withoutColours(text: string): string {
  return text.replace(COLOURS, '');
}

/** How many columns a text takes, its colours aside. */
export function widthOf(text: string): number {
  return Math.max(0, ...text.split('\n').map((line) => withoutColours(line).length));
}

/**
 * A text in lines of at most so many columns, broken at spaces. A word that is longer stays whole.
 * @param indent of every line but the first, in columns
 */
export function wrapped(text: string, columns: number, indent = 0): string {
  // Only single spaces: where there are more of them, they line something up.
  return packed(text.split(/(?<=\S) (?=\S)/), columns, indent);
}

/** A list in lines, broken between its items where each of them fits. */
export function wrappedList(text: string, columns: number): string {
  const items = text.split(/(?<=,) /);
  return items.every((item) => widthOf(item) <= columns) ? packed(items, columns, 0) : wrapped(text, columns);
}

function packed(words: readonly string[], columns: number, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = `${' '.repeat(indent)}${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** Shortened in the middle, since ids that are alike differ at their ends: `system-pro…by-user`. */
export function shortened(text: string, columns: number): string {
  if (text.length <= columns) return text;
  const ends = Math.floor(columns) - 1;
  return `${text.slice(0, Math.ceil(ends / 2))}…${text.slice(text.length - Math.floor(ends / 2))}`;
}

/**
 * How wide each column of a table may be, so that all of them fit: the widest give way first.
 * @param natural how wide each would be by itself
 * @param least what each needs in any case
 * @param gap between two columns
 */
export function columnWidths(
  natural: readonly number[],
  least: readonly number[],
  columns: number,
  gap: number,
): number[] {
  const widths = [...natural];
  const room = columns - gap * (widths.length - 1);
  const roomOf = (i: number) => (widths[i] ?? 0) - (least[i] ?? 0);
  while (sum(widths) > room) {
    const yielding = widths.map((_, i) => i).filter((i) => roomOf(i) > 0);
    const widest = yielding.sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0))[0];
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
