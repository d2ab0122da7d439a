import { createHash } from 'node:crypto';
import { drawChart } from '../report/charts/draw-chart.ts';
import type { Document } from '../report/document/blocks.ts';
import { renderHtml } from '../report/document/render-html.ts';

/** The document as one HTML file, charts and all. */
export function htmlReport(document: Document): string {
  return renderHtml(document, drawChart, (text) => createHash('sha256').update(text).digest('base64'));
}
