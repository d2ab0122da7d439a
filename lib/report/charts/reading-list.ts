import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Chart } from '../../core/spec/document/chart.ts';
import { visibleText } from '../document/visible-text.ts';
import { chartPicture } from './chart-picture.ts';

/**
 * The values of a chart as a hidden list, for behind its picture: the script of the page says them where a reader
 * points. The first item has the names, each other one a place with the values there in their order.
 */
export function readingList(chart: Chart): string {
  const { names = [], places = [] } = chartPicture(chart).readings ?? {};
  if (places.length === 0) return '';
  const each = (texts: readonly string[]) => texts.map((text) => h('i', visibleText(text)));
  const items = places.map(({ x, left, place, values }) =>
    h('li', { dataX: String(x), dataLeft: String(left) }, [visibleText(place), ...each(values)]),
  );
  return toHtml(h('ol', { className: ['readings'], hidden: true }, [h('li', each(names)), ...items]));
}
