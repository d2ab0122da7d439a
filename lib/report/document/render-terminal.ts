import pc from 'picocolors';
import type { Block, Cell, Inline, Table, Text, Tone } from '../../core/spec/document/blocks.ts';
import { GAP, oneLine, plainTable } from '../terminal-text.ts';
import { columnWidths, shortened, widthOf, withoutColours, wrapped, wrappedList } from './fit-columns.ts';

/** Blocks that stand together: an empty line parts them from those before and after. */
export type BlockGroup = readonly Block[];

/**
 * Blocks as a terminal or a log shows them. Charts, bars, code and what is folded are left out.
 * @param hasColour whether the terminal takes colours and the user wants them
 * @param columns how wide the terminal is; without end in a log, where a sentence that is searched for is one line
 */
export function renderTerminal(
  groups: readonly BlockGroup[],
  hasColour: boolean,
  columns = Number.POSITIVE_INFINITY,
): string {
  const colours = pc.createColors(hasColour);
  const texts = groups
    .map((group) => group.flatMap((block) => linesOf(block, colours, columns)))
    .filter(({ length }) => length > 0);
  return ['', ...texts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])), ''].join('\n');
}

type Colours = ReturnType<typeof pc.createColors>;

/** Wrapped lines are indented: what came from outside begins none. */
const INDENT = 2;

function linesOf(block: Block, colours: Colours, columns: number): string[] {
  if (block.kind === 'table') return block.rows.length === 0 ? [] : [tableText(block, colours, columns)];
  const isItem = block.kind === 'list';
  return textsOf(block, colours).map((text) => wrapped(text, columns, isItem ? 2 * INDENT : indentOf(text)));
}

/** Below the text of what stands in columns of its own: `  high      150 of 200 sockets ...`. */
function indentOf(text: string): number {
  return /^ +\S+ {2,}/.exec(withoutColours(text))?.[0].length ?? INDENT;
}

function textsOf(block: Exclude<Block, Table>, colours: Colours): string[] {
  switch (block.kind) {
    case 'heading':
      return [`${oneLine(block.text)}:`];
    case 'verdict':
      return [colours.bold(painted(block.tone, oneLine(block.text), colours))];
    case 'paragraph': {
      const text = inline(block.text, colours);
      return [block.isAside ? colours.dim(text) : text];
    }
    case 'list':
      return block.items.map((item) => `  - ${inline(item, colours)}`);
    case 'facts':
      return block.facts.map(({ name, text }) => `${oneLine(name)}: ${inline(text, colours)}`);
    case 'tiles':
      return block.tiles.map(({ name, value, limit, tone }) =>
        [`${oneLine(name)}: ${painted(tone, oneLine(value), colours)}`, ...(limit ? [oneLine(limit)] : [])].join(', '),
      );
    case 'bars':
    case 'chart':
    case 'choice':
    case 'code':
    case 'details':
      return [];
  }
}

/** Narrower columns say nothing any more. */
const NARROWEST = 6;

function tableText({ columns: titled, rows }: Table, colours: Colours, columns: number): string {
  const titles = titled.map(({ title }) => oneLine(title));
  const texts = rows.map((row) => titles.map((_, i) => inline(row[i]?.text ?? '', colours)));
  const natural = titles.map((title, i) => Math.max(widthOf(title), ...texts.map((row) => widthOf(row[i] ?? ''))));
  const least = titles.map((title) => Math.max(NARROWEST, ...title.split(' ').map(widthOf)));
  const widths = columnWidths(natural, least, columns, GAP.length);
  const table = plainTable(titles.map((title, i) => wrapped(title, widths[i] ?? 0)));
  for (const row of rows) table.push(widths.map((width, i) => cellText(row[i], width, colours)));
  return table.toString();
}

function cellText(cell: Cell | undefined, width: number, colours: Colours): string {
  if (cell === undefined) return '';
  const text =
    typeof cell.text === 'string'
      ? oneLine(cell.text).replace(/\S+/g, (word) => shortened(word, width))
      : inline(cell.text, colours);
  const lines = wrappedList(text, width).split('\n');
  return lines.map((line) => painted(cell.tone, line, colours)).join('\n');
}

function inline(text: Text, colours: Colours): string {
  return typeof text === 'string' ? oneLine(text) : text.map((part) => partText(part, colours)).join('');
}

function partText(part: Inline, colours: Colours): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return oneLine(part.code);
  if ('strong' in part) return colours.bold(oneLine(part.strong));
  if ('judged' in part) {
    const word = oneLine(part.judged);
    return part.tone === 'plain' ? colours.dim(word) : painted(part.tone, word, colours);
  }
  return oneLine(part.text);
}

function painted(tone: Tone | undefined, text: string, colours: Colours): string {
  if (tone === 'good') return colours.green(text);
  if (tone === 'bad') return colours.red(text);
  return tone === 'caution' ? colours.yellow(text) : text;
}
