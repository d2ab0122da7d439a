import pc from 'picocolors';
import type { Block, Cell, Inline, Table, Text, Tone } from '../../core/spec/document/blocks.ts';
import { oneLine, plainTable } from '../terminal-text.ts';

/** Blocks that stand together: an empty line parts them from those before and after. */
export type BlockGroup = readonly Block[];

/**
 * Blocks as a terminal or a log shows them. Charts, bars, code and what is folded are left out.
 * @param hasColour whether the terminal takes colours and the user wants them
 */
export function renderTerminal(groups: readonly BlockGroup[], hasColour: boolean): string {
  const colours = pc.createColors(hasColour);
  const texts = groups
    .map((group) => group.flatMap((block) => linesOf(block, colours)))
    .filter(({ length }) => length > 0);
  return ['', ...texts.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines])), ''].join('\n');
}

type Colours = ReturnType<typeof pc.createColors>;

function linesOf(block: Block, colours: Colours): string[] {
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
    case 'table':
      return block.rows.length === 0 ? [] : [tableText(block, colours)];
    case 'tiles':
      return block.tiles.map(({ name, value, limit, tone }) =>
        [`${oneLine(name)}: ${painted(tone, oneLine(value), colours)}`, ...(limit ? [oneLine(limit)] : [])].join(', '),
      );
    case 'bars':
    case 'chart':
    case 'code':
    case 'details':
      return [];
  }
}

function tableText({ columns, rows }: Table, colours: Colours): string {
  const table = plainTable(columns.map(({ title }) => oneLine(title)));
  for (const row of rows) table.push(columns.map((_, i) => cellText(row[i], colours)));
  return table.toString();
}

function cellText(cell: Cell | undefined, colours: Colours): string {
  return cell === undefined ? '' : painted(cell.tone, inline(cell.text, colours), colours);
}

function inline(text: Text, colours: Colours): string {
  return typeof text === 'string' ? oneLine(text) : text.map((part) => partText(part, colours)).join('');
}

function partText(part: Inline, colours: Colours): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return oneLine(part.code);
  if ('strong' in part) return colours.bold(oneLine(part.strong));
  if ('judged' in part) return painted(part.tone, oneLine(part.judged), colours);
  return oneLine(part.text);
}

function painted(tone: Tone | undefined, text: string, colours: Colours): string {
  if (tone === 'good') return colours.green(text);
  if (tone === 'bad') return colours.red(text);
  return tone === 'caution' ? colours.yellow(text) : text;
}
