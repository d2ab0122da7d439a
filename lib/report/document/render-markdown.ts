import type { Bar, Block, Cell, Document, Fact, Table, Text } from '../../core/spec/document/blocks.ts';
import { table as tableMarkdown } from '../markdown-text.ts';
import { inlineMarkdown, lineMarkdown, longestRunOfBackticks, plainMarkdown } from './markdown-inline.ts';
import { marked } from './tone-marks.ts';
import { visibleLines, visibleText } from './visible-text.ts';

/** The document as GitHub-flavoured Markdown. Charts are left out: what they show is in a table as well. */
export function renderMarkdown(document: Document): string {
  return `# ${plainMarkdown(document.title).trim()}\n\n${blocksMarkdown(document.blocks)}`;
}

/** A part of a document, without a title. */
export function blocksMarkdown(blocks: readonly Block[]): string {
  const texts = blocks.map(blockMarkdown).filter((text) => text !== '');
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${plainMarkdown(block.text).trim()}`;
    case 'paragraph':
      return lineMarkdown(block.text);
    case 'verdict':
      return `> ${marked(block.tone, `**${plainMarkdown(block.text).trim()}**`)}`;
    case 'list':
      return listMarkdown(block.items, block.isOrdered ?? false);
    case 'facts':
      return factsMarkdown(block.facts);
    case 'table':
      return table(block);
    case 'bars':
      return `**${plainMarkdown(block.title).trim()}**\n\n${barsMarkdown(block.bars)}`;
    case 'chart':
      return '';
    case 'code':
      return fenced(visibleLines(block.text), block.language);
  }
}

function listMarkdown(items: readonly Text[], isOrdered: boolean): string {
  return items.map((item, i) => `${isOrdered ? `${i + 1}.` : '-'} ${lineMarkdown(item)}`).join('\n');
}

function factsMarkdown(facts: readonly Fact[]): string {
  const rows = facts.map(({ name, text }) => [
    inlineMarkdown([{ strong: name }], 'cell'),
    inlineMarkdown(text, 'cell'),
  ]);
  return rows.length === 0 ? '' : tableMarkdown(['', ''], rows);
}

function table({ columns, rows }: Table): string {
  if (columns.length === 0) return '';
  return tableMarkdown(
    columns.map(({ title }) => plainMarkdown(title)),
    rows.map((row) => columns.map((_, i) => cellMarkdown(row[i]))),
    columns.map(({ align }) => align ?? 'left'),
  );
}

function cellMarkdown(cell: Cell | undefined): string {
  return cell === undefined ? '' : marked(cell.tone, inlineMarkdown(cell.text, 'cell')).trim();
}

function barsMarkdown(bars: readonly Bar[]): string {
  const lines = bars.map((each) => ({ ...each, label: visibleText(each.label), text: visibleText(each.text) }));
  const labelWidth = Math.max(0, ...lines.map(({ label }) => label.length));
  const textWidth = Math.max(0, ...lines.map(({ text }) => text.length));
  return fenced(
    lines
      .map(({ label, text, share }) =>
        `${label.padEnd(labelWidth)}  ${text.padStart(textWidth)}  ${barOf(share)}`.trimEnd(),
      )
      .join('\n'),
    '',
  );
}

const BAR_WIDTH = 40;

/** What happened at all shows at least one mark. */
function barOf(share: number): string {
  return share > 0 ? '█'.repeat(Math.max(1, Math.round(Math.min(share, 1) * BAR_WIDTH))) : '';
}

/** A code block that nothing in it can end. */
function fenced(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRunOfBackticks(text) + 1));
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${text}\n${fence}`;
}
