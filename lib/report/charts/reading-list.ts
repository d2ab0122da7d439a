import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Chart } from '../../core/spec/document/chart.ts';
import { visibleText } from '../document/visible-text.ts';
import { chartPicture } from './chart-picture.ts';

/** The values of a chart as a hidden list, for behind its picture: the script of the page says them where a reader points. */
export function readingList(chart: Chart): string {
  const { readings = [] } = chartPicture(chart);
  if (readings.length === 0) return '';
  const items = readings.map(({ x, left, text }) =>
    h('li', { dataX: String(x), dataLeft: String(left) }, visibleText(text)),
  );
  return toHtml(h('ol', { className: ['readings'], hidden: true }, items));
}
