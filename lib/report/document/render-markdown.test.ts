import { describe, expect, it } from 'vitest';
import type { Block, Text } from '../../core/spec/document/blocks.ts';
import { HOSTILE_TEXTS, sampleDocument } from '../../testing/documents.ts';
import { renderMarkdown } from './render-markdown.ts';

const render = (...blocks: Block[]) => renderMarkdown({ title: 'T', blocks }).replace(/^# T\n\n/, '');
const paragraph = (text: Text) => render({ kind: 'paragraph', text });

it('writes the sample document', async () => {
  await expect(renderMarkdown(sampleDocument())).toMatchFileSnapshot('golden/sample.md');
});

describe('a block', () => {
  it('of facts is one line', () => {
    const facts = [
      { name: 'Run', text: [{ code: 'r|1' }] },
      { name: 'Test', text: 'T' },
    ];
    expect(render({ kind: 'facts', facts })).toBe('**Run:** `r|1` · **Test:** T\n');
  });

  it('with a verdict is a bold line in a quote, marked by its tone', () => {
    expect(render({ kind: 'verdict', tone: 'bad', text: 'Fail.' })).toBe('> ❌ **Fail.**\n');
    expect(render({ kind: 'verdict', tone: 'good', text: 'Pass.' })).toBe('> ✅ **Pass.**\n');
    expect(render({ kind: 'verdict', tone: 'caution', text: 'No data.' })).toBe('> ⚠️ **No data.**\n');
    expect(render({ kind: 'verdict', tone: 'plain', text: 'Done.' })).toBe('> **Done.**\n');
  });

  it('with a table marks judged cells and keeps numbers on the right', () => {
    const table: Block = {
      kind: 'table',
      caption: 'not shown',
      columns: [{ title: 'A' }, { title: 'B', align: 'right' }],
      rows: [
        [
          { text: 'x', tone: 'caution' },
          { text: '1', tone: 'good' },
        ],
        [{ text: 'short row' }],
      ],
    };
    expect(render(table)).toBe('| A | B |\n| --- | --: |\n| ⚠️ x | ✅ 1 |\n| short row |  |\n');
  });

  it('with bars is code, and what happened at all has a mark', () => {
    const bars = [
      { label: 'ok', share: 0.5, text: '50 %', tone: 'good' },
      { label: 'reset', share: 0.0001, text: '0.01 %', tone: 'bad' },
      { label: 'dns', share: 0, text: '0 %', tone: 'plain' },
    ] as const;
    expect(render({ kind: 'bars', title: 'All', bars })).toBe(
      `**All**\n\n\`\`\`\nok       50 %  ${'█'.repeat(20)}\nreset  0.01 %  █\ndns       0 %\n\`\`\`\n`,
    );
  });

  it('with code ends where it ends', () => {
    expect(render({ kind: 'code', language: 'sh\n`', text: 'a\n````\nb' })).toBe('`````sh\na\n````\nb\n`````\n');
  });

  it('with nothing in it leaves no trace', () => {
    const empty: Block[] = [
      { kind: 'paragraph', text: '' },
      { kind: 'list', items: [] },
      { kind: 'facts', facts: [] },
    ];
    expect(render(...empty, { kind: 'paragraph', text: 'x' })).toBe('x\n');
  });
});

describe('a line', () => {
  it.each([
    ['- x', '\\- x\n'],
    ['+ x', '\\+ x\n'],
    ['1. x', '1\\. x\n'],
    ['12) x', '12\\) x\n'],
    ['---', '\\---\n'],
    ['===', '\\===\n'],
    ['    code', 'code\n'],
    ['> x', '&gt; x\n'],
    ['# x', '\\# x\n'],
  ])('beginning with %j is a paragraph all the same', (text, markdown) => {
    expect(paragraph(text)).toBe(markdown);
    expect(render({ kind: 'list', items: [text] })).toBe(`- ${markdown}`);
  });
});

describe('text', () => {
  it.each([
    ['@team', '@<!-- -->team'],
    ['#1', '\\#<!-- -->1'],
    ['GH-12', 'GH<!-- -->-12'],
    ['https://x.example', 'https\\://x.example'],
    ['www.x.example', 'www\\.x.example'],
    ['a@x.example', 'a@<!-- -->x.example'],
    ['a @ b # c', 'a @ b \\# c'],
    ['$x$', '\\$x\\$'],
    ['\u202eliaf', 'liaf'],
  ])('%s is written as %s, so that GitHub makes nothing of it', (text, markdown) => {
    expect(paragraph(['x ', text])).toBe(`x ${markdown}\n`);
  });
});

describe('inline', () => {
  it('code escapes a pipe in a table only', () => {
    expect(paragraph([{ code: 'a|b' }])).toBe('`a|b`\n');
    expect(paragraph([{ code: '`' }])).toBe('`` ` ``\n');
    expect(paragraph(['x', { code: '' }])).toBe('x\n');
  });

  it('strong text keeps its spaces outside', () => {
    expect(paragraph(['a', { strong: ' b ' }, 'c'])).toBe('a **b** c\n');
    expect(paragraph(['a', { strong: ' ' }, 'c'])).toBe('a c\n');
  });

  it.each([
    ['https://x.example/a?b=1&lt;=2', '[t](https://x.example/a?b=1&amp;lt;=2)\n'],
    ['https://x.example/a)b*(c|<>`_', '[t](https://x.example/a%29b%2a%28c%7c%3C%3E%60_)\n'],
    ['summary.json', '[t](summary.json)\n'],
    ['../b/report.html#latency', '[t](../b/report.html#latency)\n'],
    ['javascript:alert(1)', 't\n'],
    ['JavaScript:alert(1)', 't\n'],
    ['data:text/html,x', 't\n'],
    ['//evil.example', 't\n'],
    ['\\\\evil.example', 't\n'],
    ['java\nscript:alert(1)', 't\n'],
    ['https://x.example/ a', 't\n'],
    ['https://x.example/\ud83d', 't\n'],
    ['', 't\n'],
  ])('link to %j', (link, markdown) => {
    expect(paragraph([{ link, text: 't' }]).toLowerCase()).toBe(markdown.toLowerCase());
  });
});

/** The number of cells of each row. A pipe right behind a backslash parts no cells, not even in code. */
function tableShape(markdown: string): number[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split(/(?<!\\)\|/).length);
}

/** What Markdown still reads when fenced code, inline code, escaped characters and our own comments are taken out. */
function live(markdown: string): string {
  return markdown
    .replace(/^(`{3,})\w*\n[\s\S]*?^\1$/gm, '')
    .replaceAll(/\\.|(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
    .replaceAll('<!-- -->', '\u0000')
    .replaceAll(/\]\((https:\/\/example\.org\/runs\/7[^\s()<>]*|summary\.json)\)/g, '');
}

describe.each(Object.entries(HOSTILE_TEXTS))('%s in every text', (_name, text) => {
  // Code keeps its lines, and is tested by itself.
  const withoutCode = (value: string) => value.replace(/^(`{3,})sh\n[\s\S]*?^\1$/m, '');
  const markdown = withoutCode(renderMarkdown(sampleDocument(text)));
  const plain = withoutCode(renderMarkdown(sampleDocument('x')));

  it('changes nothing about the structure', () => {
    expect(tableShape(markdown)).toEqual(tableShape(plain));
    expect(markdown.split('\n')).toHaveLength(plain.split('\n').length);
    expect(live(markdown).match(/^#+ /gm)).toEqual(live(plain).match(/^#+ /gm));
    expect(live(markdown).match(/\*\*/g)).toEqual(live(plain).match(/\*\*/g));
  });

  it('is no HTML, no code, no link, no mention and no reference', () => {
    const said = live(markdown).replaceAll(/<\/?details>|<\/?summary>/g, '');
    expect(live(markdown).match(/<\/?\w+>/g)).toEqual(live(plain).match(/<\/?\w+>/g));
    expect(said).not.toMatch(/<|`|\]\(|:\/\/|www\.|@\w|#\d|GH-\d|_/);
    expect(markdown.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  });
});

it('loses no word of a text', () => {
  expect(renderMarkdown(sampleDocument('µ“é😀')).match(/µ“é😀/gu)?.length).toBeGreaterThan(25);
});
