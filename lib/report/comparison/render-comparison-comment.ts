import type { ComparedRow, Comparison } from '../../compare/comparison.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import { heading, list, paragraph } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import { bytesOf, COMMENT_MARKERS, type CommentLinks, MOST_COMMENT_BYTES } from '../comment.ts';
import { blocksMarkdown } from '../document/render-markdown.ts';
import { leftOutText, rowsTable, summaryBlocks } from './comparison-document.ts';
import { hasFigures, sortRows } from './comparison-rows.ts';
import { noiseLine } from './comparison-texts.ts';

/** GitHub takes 1 MiB for a step; other commands of the step may have written before. */
const MOST_SUMMARY_BYTES = 900_000;

/** The body of a comment on a pull request: the full table goes first where not everything fits. */
export function renderComparisonComment(comparison: Comparison, links: CommentLinks = {}): string {
  const room = MOST_COMMENT_BYTES - COMMENT_MARKERS.comparison.length - 2;
  return `${COMMENT_MARKERS.comparison}\n${comparisonMarkdown(comparison, room, links)}`;
}

/** The comparison for the summary page of a workflow run. */
export function renderComparisonSummary(comparison: Comparison): string {
  return `${comparisonMarkdown(comparison, MOST_SUMMARY_BYTES)}\n`;
}

/** How much is shown: of the rows that changed, of the others. */
const DETAILS: readonly (readonly [telling: number, others: number])[] = [
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [Number.POSITIVE_INFINITY, 0],
  [40, 0],
  [10, 0],
  [0, 0],
];

function comparisonMarkdown(comparison: Comparison, mostBytes: number, links: CommentLinks = {}): string {
  let text = '';
  for (const [telling, others] of DETAILS) {
    text = markdownOf(comparison, telling, others, links);
    if (bytesOf(text) <= mostBytes) return text;
  }
  return text;
}

const MOST_REASONS = 10;
const MOST_NOTES = 20;

function markdownOf(comparison: Comparison, telling: number, others: number, { runUrl }: CommentLinks): string {
  const rows = sortRows(comparison);
  const shown = [...rows.primary, ...rows.telling.slice(0, telling)];
  const more = rows.telling.length - Math.min(rows.telling.length, telling);
  const cut = { ...comparison, reasons: comparison.reasons.slice(0, MOST_REASONS) };
  const isCompared = hasFigures(comparison);
  const before: Block[] = [
    heading(3, `Performance: ${inOneWord(comparison)}`),
    ...summaryBlocks(cut),
    ...(isCompared ? [rowsTable('Rows that decide, or changed', shown)] : []),
    ...(more > 0 ? [paragraph(`And ${counted(more, 'row')} more that changed, left out here for length.`)] : []),
  ];
  const after: Block[] = [
    paragraph(`${noiseLine(comparison)}.`),
    ...list(comparison.notes.slice(0, MOST_NOTES)),
    ...(runUrl === undefined ? [] : [paragraph([{ text: 'The workflow run, with its artifacts', link: runUrl }])]),
  ];
  return [blocksMarkdown(before), isCompared ? otherRows(rows.others, others) : '', blocksMarkdown(after)]
    .filter((part) => part !== '')
    .join('\n');
}

/** The headline begins with it. */
function inOneWord({ headline }: Comparison): string {
  return (/^[A-Z]+( [A-Z]+)?/.exec(headline)?.[0] ?? '').toLowerCase();
}

/** Folded up: a reviewer wants them only now and then. */
function otherRows(rows: readonly ComparedRow[], most: number): string {
  if (rows.length === 0) return '';
  if (most === 0) return blocksMarkdown([paragraph(`${leftOutText(rows)} (in comparison.html).`)]);
  return `<details><summary>${leftOutText(rows)}</summary>\n\n${blocksMarkdown([rowsTable('Other rows', rows)])}\n</details>\n`;
}
