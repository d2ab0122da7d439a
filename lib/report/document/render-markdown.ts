import type { Bar, Block, Cell, Details, Document, Fact, Table, Text, Tile } from '../../core/spec/document/blocks.ts';
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
  const texts = blocks.map((block) => ({ block, text: blockMarkdown(block) })).filter(({ text }) => text !== '');
  // Folds that follow each other are one block of HTML after the other, and need no empty line between them.
  const parts = texts.map(({ block, text }, i) => {
    const next = texts[i + 1];
    return `${text}${next === undefined || (block.kind === 'details' && next.block.kind === 'details') ? '\n' : '\n\n'}`;
  });
  return parts.join('');
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
    case 'tiles':
      return tilesMarkdown(block.tiles);
    case 'details':
      return detailsMarkdown(block);
    case 'table':
      return table(block);
    case 'bars':
      return `**${plainMarkdown(block.title).trim()}**\n\n${barsMarkdown(block.bars)}`;
    case 'chart':
    case 'choice':
      return '';
    case 'code':
      return fenced(visibleLines(block.text), block.language);
  }
}

function listMarkdown(items: readonly Text[], isOrdered: boolean): string {
  return items.map((item, i) => `${isOrdered ? `${i + 1}.` : '-'} ${lineMarkdown(item)}`).join('\n');
}

function factsMarkdown(facts: readonly Fact[]): string {
  return facts
    .map(({ name, text }) => `${inlineMarkdown([{ strong: `${name}:` }], 'line')} ${inlineMarkdown(text, 'line')}`)
    .join(' · ');
}

function tilesMarkdown(tiles: readonly Tile[]): string {
  return tableMarkdown(
    tiles.map(({ name }) => plainMarkdown(name)),
    [
      tiles.map(({ value, tone }) => marked(tone, plainMarkdown(value))),
      ...(tiles.some(({ limit }) => limit !== undefined)
        ? [tiles.map(({ limit }) => (limit === undefined ? '' : plainMarkdown(limit)))]
        : []),
    ],
  );
}

/** GitHub folds what is in the element, and reads Markdown in it behind an empty line. */
function detailsMarkdown({ title, blocks }: Details): string {
  const content = blocksMarkdown(blocks);
  return content === '' ? '' : `<details><summary>${plainMarkdown(title).trim()}</summary>\n\n${content}</details>`;
}

function table({ columns, rows, notes = [] }: Table): string {
  if (columns.length === 0) return '';
  const cells = tableMarkdown(
    columns.map(({ title }) => plainMarkdown(title)),
    rows.map((row) => columns.map((_, i) => cellMarkdown(row[i]))),
    columns.map(({ align }) => align ?? 'left'),
  );
  const said = notes.flatMap((note, i) =>
    note?.text === undefined
      ? []
      : [`- ${inlineMarkdown(rows[i]?.[0]?.text ?? '', 'line')}: ${inlineMarkdown(note.text, 'line')}`],
  );
  return said.length === 0 ? cells : `${cells}\n\n${said.join('\n')}`;
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
