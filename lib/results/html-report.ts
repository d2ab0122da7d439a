import { createHash } from 'node:crypto';
import type { Document } from '../core/spec/document/blocks.ts';
import type { Chart } from '../core/spec/document/chart.ts';
import { drawChart } from '../report/charts/draw-chart.ts';
import { readingList } from '../report/charts/reading-list.ts';
import { renderHtml } from '../report/document/render-html.ts';

/** The document as one HTML file, charts and all. */
export function htmlReport(document: Document): string {
  const draw = (chart: Chart) => drawChart(chart) + readingList(chart);
  return renderHtml(document, draw, (text) => createHash('sha256').update(text).digest('base64'));
}
