import type { Block, Text } from '../core/spec/document/blocks.ts';
import { groupBy } from '../core/spec/group-by.ts';

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

const LEAST_WORDS = 5;

/** Names of endpoints are no words: a list of them is no sentence. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.?!])\s+(?=\p{Lu}|$)/u)
    .map((sentence) => sentence.replace(/\.$/, '').trim())
    .filter((sentence) => sentence.split(/\s+/).filter((word) => /^\p{L}/u.test(word)).length >= LEAST_WORDS);
}

/**
 * Sentences of five words or more that stand in two places. In tables the same words may stand in many rows, and a
 * heading is no sentence.
 */
export function saidTwice(said: readonly Said[]): string[] {
  const sentences = said
    .filter(({ kind }) => kind === 'line')
    .flatMap(({ text, section }) => sentencesOf(text).map((sentence) => ({ sentence, section })));
  return [...groupBy(sentences, ({ sentence }) => sentence)]
    .filter(([, places]) => places.length > 1)
    .map(([sentence, places]) => `${places.map(({ section }) => section)}: ${sentence}`);
}
