import { createHash } from 'node:crypto';
import type { Document } from '../core/spec/document/blocks.ts';
import { drawChart } from '../report/charts/draw-chart.ts';
import { renderHtml } from '../report/document/render-html.ts';

/** The document as one HTML file, charts and all. */
export function htmlReport(document: Document): string {
  return renderHtml(document, drawChart, (text) => createHash('sha256').update(text).digest('base64'));
}
