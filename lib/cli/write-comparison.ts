import type { Comparison } from '../compare/comparison.ts';
import { comparisonDocument } from '../report/comparison/comparison-document.ts';
import { renderMarkdown } from '../report/document/render-markdown.ts';
import { htmlReport } from './html-report.ts';
import { writeResult } from './run-folder.ts';

/** The comparison that people open. */
export const COMPARISON_PAGE = 'comparison.html';

/** Writes the comparison in every format that is kept, each file whole or not at all. */
export async function writeComparison(folder: string, comparison: Comparison): Promise<void> {
  const document = comparisonDocument(comparison);
  await writeResult(folder, 'comparison.json', `${JSON.stringify(comparison, null, 1)}\n`);
  await writeResult(folder, 'comparison.md', renderMarkdown(document));
  await writeResult(folder, COMPARISON_PAGE, htmlReport(document));
}
