import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Block, Document } from '../../core/spec/document/blocks.ts';
import type { Chart } from '../../core/spec/document/chart.ts';
import { blockHtml } from './html-blocks.ts';
import { lines } from './html-layout.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';
import { slugMaker } from './slugs.ts';
import { visibleText } from './visible-text.ts';

/**
 * The document as one HTML file that needs nothing else: no network, no script to be read, no style to make sense.
 * @param drawChart the chart as `<svg>`, taken as it is
 * @param sha256 the digest of a text in base64, for the page's own Content-Security-Policy
 */
export function renderHtml(
  document: Document,
  drawChart: (chart: Chart) => string,
  sha256: (text: string) => string,
): string {
  const page: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: 'en' }, lines([head(document.title, sha256), body(document, drawChart), text('\n')])),
      text('\n'),
    ],
  };
  return toHtml(page, { allowDangerousHtml: true });
}

function head(title: string, sha256: (text: string) => string): Element {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${sha256(STYLE)}'`,
    `script-src 'sha256-${sha256(SCRIPT)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return h(
    'head',
    lines([
      h('meta', { charSet: 'utf-8' }),
      h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      // Else a browser asks the server for one.
      h('link', { rel: 'icon', href: 'data:,' }),
      h('title', visibleText(title)),
      h('style', STYLE),
    ]),
  );
}

function body(document: Document, drawChart: (chart: Chart) => string): Element {
  const id = slugMaker();
  const [opening = [], ...sections] = sectionsOf(document.blocks);
  const html = (blocks: readonly Block[]) =>
    besideEachOther(blocks.map((block) => ({ block, element: blockHtml(block, drawChart, id) })));
  const header = h('header', lines([h('h1', visibleText(document.title)), ...html(opening)]));
  const contents = sections.map((blocks) => h('section', lines(html(blocks))));
  return h(
    'body',
    lines([
      h('a', { className: ['skip'], href: '#content' }, 'Skip to the verdict'),
      h(
        'main',
        { className: ['page'], id: 'content' },
        lines([header, ...contentsList(contents), ...bodyOf(contents)]),
      ),
      h('script', SCRIPT),
    ]),
  );
}

/** What stands before the first heading of level 2, and then what each of them heads. */
function sectionsOf(blocks: readonly Block[]): Block[][] {
  const sections: Block[][] = [[]];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) sections.push([]);
    sections.at(-1)?.push(block);
  }
  return sections;
}

/** Line charts that follow each other share the width of a large screen. */
function besideEachOther(blocks: readonly { readonly block: Block; readonly element: Element }[]): Element[] {
  const runs: Element[][] = [];
  let isBehindOne = false;
  for (const { block, element } of blocks) {
    const isLineChart = block.kind === 'chart' && block.chart.kind === 'lines';
    if (isLineChart && isBehindOne) runs.at(-1)?.push(element);
    else runs.push([element]);
    isBehindOne = isLineChart;
  }
  return runs.map((run) => {
    const [first, second] = run;
    return first !== undefined && second === undefined ? first : h('div', { className: ['charts'] }, lines(run));
  });
}

function contentsList(sections: readonly Element[]): Element[] {
  const headings = sections.flatMap(({ children }) =>
    children.filter((child): child is Element => child.type === 'element' && child.tagName === 'h2').slice(0, 1),
  );
  if (headings.length < 2) return [];
  const items = headings.map(({ properties, children }) => h('li', h('a', { href: `#${properties.id}` }, children)));
  return [h('nav', { ariaLabel: 'Contents' }, [h('p', 'Contents'), h('ol', lines(items))])];
}

function bodyOf(sections: readonly Element[]): Element[] {
  return sections.length === 0 ? [] : [h('div', lines(sections))];
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}
