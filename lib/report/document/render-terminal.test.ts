import { describe, expect, it } from 'vitest';
import type { Block } from '../../core/spec/document/blocks.ts';
import { cell, heading, left, list, paragraph, table } from '../../core/spec/document/cells.ts';
import { renderTerminal } from './render-terminal.ts';

const verdict: Block = { kind: 'verdict', tone: 'bad', text: 'FAIL' };
const rows = table('Rows', left('a', 'b'), [[cell('one', 'good'), cell('two')]]);

describe('blocks in a terminal', () => {
  it('stand together in their group, and an empty line parts the groups; empty groups leave none', () => {
    const groups = [[verdict, ...list(['why'])], [], [table('None', left('a'), [])], [heading(2, 'Found'), rows]];
    expect(renderTerminal(groups, false)).toBe('\nFAIL\n  - why\n\nFound:\na    b  \none  two\n');
  });

  it('are coloured by their tones where the terminal takes it, and never else', () => {
    const blocks: Block[] = [
      verdict,
      paragraph([{ judged: 'high', tone: 'caution' }, ' ', { strong: 'now' }]),
      { kind: 'paragraph', text: 'by the way', isAside: true },
      rows,
    ];
    const coloured = renderTerminal([blocks], true);
    for (const part of ['\u001b[31mFAIL', '\u001b[33mhigh', '\u001b[1mnow', '\u001b[2mby the way', '\u001b[32mone'])
      expect(coloured).toContain(part);
    expect(renderTerminal([blocks], false)).not.toContain('\u001b');
  });

  it('neither break the layout nor drive the terminal with what came from outside', () => {
    const text = 'a\nb\u001b[2J\u202e\u2028';
    const blocks: Block[] = [
      { kind: 'verdict', tone: 'plain', text },
      heading(2, text),
      paragraph([
        text,
        { code: text },
        { strong: text },
        { judged: text, tone: 'bad' },
        { link: 'https://x.test', text },
      ]),
      ...list([text]),
      { kind: 'facts', facts: [{ name: text, text }] },
      table('Rows', left(text), [[cell(text)]]),
    ];
    const lines = renderTerminal([blocks], false).split('\n');
    expect(lines).toHaveLength(2 + 5 + 2);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
  });
});
