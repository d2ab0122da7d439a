import type { Document } from '../../core/spec/document/blocks.ts';
import type { Chart } from '../../core/spec/document/chart.ts';
import { renderHtml } from './render-html.ts';

/**
 * What a reader sees of a page, for tests. Each chart is a mark of its own; the style and the script are the same on
 * every page, and have tests of their own.
 */
export function htmlBody(document: Document, markOf: (chart: Chart) => string): string {
  const html = renderHtml(
    document,
    (chart) => `<svg><title>${markOf(chart)}</title></svg>`,
    () => 'hash',
  );
  return html.slice(html.indexOf('<body'), html.lastIndexOf('<script'));
}
