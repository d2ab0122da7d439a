import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Block, Table, Text } from '../../core/spec/document/blocks.ts';
import { HOSTILE_TEXTS, sampleDocument } from '../../testing/documents.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';
import { renderHtml } from './render-html.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
const placeholder = ({ kind }: { kind: string }) => `<svg data-chart="${kind}"></svg>`;
const page = (document = sampleDocument()) => renderHtml(document, placeholder, sha256);
const render = (...blocks: Block[]) => page({ title: 'T', blocks });
const paragraph = (text: Text) => /<p>(.*?)<\/p>/s.exec(render({ kind: 'paragraph', text }))?.[1];

/** The tags of a page with the names of their attributes: what it is made of, whatever its texts. */
function structure(html: string): string[] {
  return html
    .replace(/<(style|script)>[\s\S]*?<\/\1>/, '<$1>')
    .match(/<\/?[a-z][^\s>]*(?:\s+[^\s=>]+(?:=(?:"[^"]*"|[^\s"'>]+))?)*\s*>/g)
    ?.map((tag) =>
      tag
        .replace(/=(?:"[^"]*"|[^\s">]+)/g, '')
        .replace('class ', '')
        .replace(' class', ''),
    )
    .filter((tag) => !/^<\/?(wbr|a)\b/.test(tag)) as string[];
}

it('writes the sample document', async () => {
  const html = renderHtml(sampleDocument(), placeholder, () => 'digest');
  const withoutLook = html.replace(STYLE, '/* html-style.ts */').replace(SCRIPT, '/* html-script.ts */');
  await expect(withoutLook).toMatchFileSnapshot('golden/sample.html');
});

it('writes the same bytes every time', () => {
  expect(page()).toBe(page());
});

describe('the page', () => {
  it('allows itself its one style and its one script, and nothing else', () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page())?.[1];
    expect(policy?.replaceAll('&#x27;', "'")).toBe(
      `default-src 'none'; style-src 'sha256-${sha256(STYLE)}'; script-src 'sha256-${sha256(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(page().match(/<style/g)).toHaveLength(1);
    expect(page()).toContain(`<style>${STYLE}</style>`);
    expect(page().match(/<script/g)).toHaveLength(1);
    expect(page()).toContain(`<script>${SCRIPT}</script>`);
  });

  it('names no address but those of the document, and needs nothing from anywhere', () => {
    expect(page().match(/https?:\/\/[^"<\s]*/g)).toEqual(['https://example.org/runs/7']);
    expect(page()).not.toMatch(/\ssrc=|@import|url\(/);
  });

  it('has no style attribute and no handler of an event', () => {
    expect(page()).not.toMatch(/<[^>]*\s(style|on\w+)=/);
  });

  it('lists its sections, each with an id of its own', () => {
    const ids = [...page().matchAll(/<h2 id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['what-to-do', 'outcomes', 'latency', 'thresholds', 'latency-2']);
    expect([...page().matchAll(/<li><a href="#([^"]*)"/g)].map(([, id]) => id)).toEqual(ids);
  });

  it('has no list of contents where there is one section or none', () => {
    expect(render({ kind: 'heading', level: 2, text: 'Only' })).not.toContain('<nav');
    expect(render()).not.toContain('<nav');
  });

  it('finds an id for headings without a letter', () => {
    const html = render({ kind: 'heading', level: 2, text: '–' }, { kind: 'heading', level: 3, text: '' });
    expect(html).toContain('id="section"');
    expect(html).toContain('id="section-2"');
  });
});

describe('a block', () => {
  const table: Table = {
    kind: 'table',
    caption: 'Latency',
    columns: [{ title: 'A' }, { title: 'B', align: 'right' }],
    rows: [[{ text: 'x' }, { text: '1 ms', sort: 1, tone: 'bad' }], [{ text: 'y' }, { text: '–' }], [{ text: 'z' }]],
  };

  it('with a table names its columns, its rows and itself', () => {
    const html = render(table);
    expect(html).toContain('<div class="scroll" role="region" aria-label="Latency" tabindex="0">');
    expect(html).toContain('<caption>Latency</caption>');
    expect(html).toContain('<th scope="col" align="right" nowrap class="number">B</th>');
    expect(html.match(/<th scope="row"/g)).toHaveLength(3);
    expect(html.match(/<tr( data-problem="")?>/g)).toHaveLength(4);
    expect(html.match(/<td/g)).toHaveLength(3);
  });

  it('with a table says what to sort by, and nothing where nothing was measured', () => {
    expect(render(table).match(/data-sort="[^"]*"/g)).toEqual(['data-sort="1"']);
    expect(render(table)).toContain('class="sortable short"');
    expect(render({ ...table, rows: table.rows.slice(0, 1) })).not.toContain('"sortable');
  });

  it('with a judged cell tells it by a mark too', () => {
    expect(render(table)).toMatch(/<span class="tone bad"><svg class="mark" role="img" aria-label="bad"/);
  });

  it('with a verdict has a mark and a class by its tone', () => {
    expect(render({ kind: 'verdict', tone: 'good', text: 'Pass.' })).toMatch(
      /<p class="verdict good"><svg .*aria-label="good".*<strong>Pass\.<\/strong><\/p>/,
    );
    expect(render({ kind: 'verdict', tone: 'plain', text: 'Done.' })).toContain(
      '<p class="verdict plain"><strong>Done.</strong></p>',
    );
  });

  it('with bars shows what happened at all, and no more than all', () => {
    const widths = (share: number) =>
      /<rect width="300".*?<rect width="([\d.]+)"/.exec(
        render({ kind: 'bars', title: 'All', bars: [{ label: 'a', share, text: '', tone: 'plain' }] }),
      )?.[1];
    expect([0, 0.0001, 0.5, 1, 7, Number.NaN].map(widths)).toEqual(['0', '1.5', '150', '300', '300', '0']);
  });

  it('with code keeps its lines', () => {
    expect(render({ kind: 'code', language: 'sh', text: 'a <b>\n\tc\r\nd\u001b' })).toContain(
      '<pre tabindex="0"><code>a &#x3C;b>\n\tc\nd </code></pre>',
    );
  });

  it.each([
    ['https://x.example/?a=1&b="', '<a href="https://x.example/?a=1&#x26;b=&#x22;" rel="noopener noreferrer">t</a>'],
    ['javascript:alert(1)', 't'],
    [' javascript:alert(1)', 't'],
    ['data:text/html,x', 't'],
    ['//evil.example', 't'],
  ])('with a link to %j', (link, html) => {
    expect(paragraph([{ link, text: 't' }])).toBe(html);
  });

  it('lets a long path break behind its slashes', () => {
    expect(paragraph([{ code: 'GET /api/{id}/x' }])).toBe('<code>GET /api/<wbr>{id}/<wbr>x</code>');
  });
});

describe.each(Object.entries(HOSTILE_TEXTS))('%s in every text', (_name, hostile) => {
  it('is text and nothing else', () => {
    const html = page(sampleDocument(hostile));
    expect(structure(html)).toEqual(structure(page(sampleDocument('x'))));
    // In a quoted attribute, such as a label, nothing but the quote ends it.
    expect(html.replaceAll(/="[^"]*"/g, '').match(/<script/g)).toHaveLength(1);
    expect(html.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  });
});

it('loses no word of a text', () => {
  expect(page(sampleDocument('µ“é😀')).match(/µ“é😀/gu)?.length).toBeGreaterThan(30);
});
