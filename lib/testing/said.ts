import type { Block, Text } from '../core/spec/document/blocks.ts';

/** One text of a document, and where a reader meets it. */
export interface Said {
  /** The title of its section; of what stands before the first one, `Opening`. */
  readonly section: string;
  readonly kind: 'heading' | 'line' | 'tile' | 'cell';
  readonly text: string;
  /** Whether it has to be unfolded first. */
  readonly isFolded: boolean;
}

/** Everything that a document says in words, in its order; charts repeat what tables say. */
export function saidIn(blocks: readonly Block[]): Said[] {
  let section = 'Opening';
  const walk = (each: readonly Block[], isFolded: boolean): Said[] =>
    each.flatMap((block) => {
      if (block.kind === 'heading' && block.level === 2) section = block.text;
      const own = textsOf(block).map(([kind, text]) => ({ section, kind, text: plainText(text), isFolded }));
      return block.kind === 'details' ? [...own, ...walk(block.blocks, true)] : own;
    });
  return walk(blocks, false);
}

function textsOf(block: Block): (readonly [kind: Said['kind'], text: Text])[] {
  const as = (kind: Said['kind'], texts: readonly Text[]) => texts.map((text) => [kind, text] as const);
  switch (block.kind) {
    case 'heading':
      return as('heading', [block.text]);
    case 'details':
      return as('heading', [block.title]);
    case 'verdict':
    case 'paragraph':
      return as('line', [block.text]);
    case 'list':
      return as('line', block.items);
    case 'facts':
      return as(
        'line',
        block.facts.map(({ name, text }) => `${name}: ${plainText(text)}`),
      );
    case 'tiles':
      return as(
        'tile',
        block.tiles.flatMap(({ name, value, limit = '' }) => [name, value, limit]),
      );
    case 'table':
      return as('cell', [
        ...block.rows.flat().map(({ text }) => text),
        ...(block.notes ?? []).map((note) => note?.text ?? ''),
      ]);
    default:
      return [];
  }
}

/** The words alone, without what they look like. */
export function plainText(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      if ('strong' in part) return part.strong;
      return 'judged' in part ? part.judged : part.text;
    })
    .join('');
}
