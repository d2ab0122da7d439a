import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Bar, Block, Details, Fact, Tile } from '../../core/spec/document/blocks.ts';
import type { Chart } from '../../core/spec/document/chart.ts';
import { shareBar } from './html-bar.ts';
import { choiceHtml } from './html-choice.ts';
import { lines, scrollRegion } from './html-layout.ts';
import { tableHtml } from './html-table.ts';
import { inlineHtml, toneMark } from './html-text.ts';
import { visibleLines, visibleText } from './visible-text.ts';

/** A block as HTML; `drawn` is the chart as SVG, and `id` what a heading is found by. */
export function blockHtml(block: Block, drawChart: (chart: Chart) => string, id: (text: string) => string): Element {
  switch (block.kind) {
    case 'heading':
      return h(`h${block.level}`, { id: id(block.text) }, visibleText(block.text));
    case 'paragraph':
      return h('p', inlineHtml(block.text));
    case 'verdict':
      return h('p', { className: ['verdict', block.tone] }, [
        ...toneMark(block.tone, 24),
        h('strong', visibleText(block.text)),
      ]);
    case 'list':
      return h(block.isOrdered ? 'ol' : 'ul', lines(block.items.map((item) => h('li', inlineHtml(item)))));
    case 'facts':
      return h('dl', lines(block.facts.map(factHtml)));
    case 'tiles':
      return h('ul', { className: ['tiles'] }, lines(block.tiles.map(tileHtml)));
    case 'details':
      return detailsHtml(block, drawChart, id);
    case 'table':
      return tableHtml(block);
    case 'bars':
      return barsHtml(block.title, block.bars);
    case 'chart':
      return figure(block.chart, drawChart(block.chart));
    case 'choice':
      return choiceHtml(
        block,
        block.charts.map((chart) => figure(chart, drawChart(chart))),
      );
    case 'code':
      return h('pre', { tabIndex: 0 }, h('code', visibleLines(block.text)));
  }
}

function factHtml({ name, text }: Fact): Element {
  return h('div', [h('dt', visibleText(name)), h('dd', inlineHtml(text))]);
}

function tileHtml({ name, value, limit, tone }: Tile): Element {
  return h('li', { className: [tone] }, [
    h('span', { className: ['name'] }, visibleText(name)),
    h('strong', [...toneMark(tone, 16), { type: 'text', value: visibleText(value) }]),
    ...(limit === undefined ? [] : [h('span', { className: ['limit'] }, visibleText(limit))]),
  ]);
}

function detailsHtml(
  { title, blocks }: Details,
  drawChart: (chart: Chart) => string,
  id: (text: string) => string,
): Element {
  return h('details', { id: id(title) }, [
    h('summary', visibleText(title)),
    ...lines(blocks.map((block) => blockHtml(block, drawChart, id))),
  ]);
}

/** Labels up to this many characters stay on one line. */
const LONGEST_UNBROKEN = 24;

const BAR = { width: 300, height: 12, preserveAspectRatio: 'none' } as const;

function barsHtml(title: string, bars: readonly Bar[]): Element {
  const rows = bars.map(({ label, text, share, tone }) =>
    h('tr', [
      h(
        'th',
        { scope: 'row', align: 'left', className: label.length <= LONGEST_UNBROKEN ? ['brief'] : [] },
        visibleText(label),
      ),
      h('td', { className: ['number'], align: 'right', noWrap: true }, visibleText(text)),
      h('td', { className: ['bar'] }, shareBar(share, tone, BAR)),
    ]),
  );
  return scrollRegion(title, [
    h('table', { className: ['bars', 'short'], cellPadding: 4, cellSpacing: 0 }, [
      h('caption', visibleText(title)),
      h('tbody', lines(rows)),
    ]),
  ]);
}

function figure({ title, description }: Chart, svg: string): Element {
  return h('figure', [
    scrollRegion(title, [raw(svg)]),
    h('figcaption', [h('strong', visibleText(title)), h('br'), visibleText(description)]),
  ]);
}

/** Only for what the caller has drawn, never for a text. */
function raw(value: string): ElementContent {
  // A node of hast-util-to-html, which the types of hast do not know.
  return { type: 'raw', value } as unknown as ElementContent;
}
