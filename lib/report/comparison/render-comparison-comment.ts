import type { Comparison } from '../../compare/comparison.ts';
import type { Block } from '../../core/spec/document/blocks.ts';
import { details, heading, list, paragraph } from '../../core/spec/document/cells.ts';
import { counted } from '../../core/spec/words.ts';
import { bytesOf, COMMENT_MARKERS, type CommentLinks, MOST_COMMENT_BYTES } from '../comment.ts';
import { blocksMarkdown } from '../document/render-markdown.ts';
import { certaintyBlocks, leftOutText, moreReasons, summaryBlocks } from './comparison-document.ts';
import { changedRows, hasFigures, restRows } from './comparison-rows.ts';
import { rowBlocks } from './row-table.ts';

/** GitHub takes 1 MiB for a step; other commands of the step may have written before. */
const MOST_SUMMARY_BYTES = 900_000;

/** The body of a comment on a pull request: the other rows go first where not everything fits. */
export function renderComparisonComment(comparison: Comparison, links: CommentLinks = {}): string {
  const room = MOST_COMMENT_BYTES - COMMENT_MARKERS.comparison.length - 2;
  return `${COMMENT_MARKERS.comparison}\n${comparisonMarkdown(comparison, room, links)}`;
}

/** The comparison for the summary page of a workflow run. */
export function renderComparisonSummary(comparison: Comparison): string {
  return `${comparisonMarkdown(comparison, MOST_SUMMARY_BYTES)}\n`;
}

/** How many rows are shown in all: of those that changed, of the others. */
const DETAILS: readonly (readonly [changed: number, others: number])[] = [
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  [Number.POSITIVE_INFINITY, 0],
  [40, 0],
  [10, 0],
  [0, 0],
];

function comparisonMarkdown(comparison: Comparison, mostBytes: number, links: CommentLinks = {}): string {
  let text = '';
  for (const [changed, others] of DETAILS) {
    text = blocksMarkdown(blocksOf(comparison, changed, others, links));
    if (bytesOf(text) <= mostBytes) return text;
  }
  return text;
}

/** Before the first fold: a reviewer reads one screen. */
const MOST_OPEN_ROWS = 8;
const MOST_OPEN_NOTES = 3;
const MOST_NOTES = 20;

function blocksOf(comparison: Comparison, most: number, others: number, { runUrl }: CommentLinks): Block[] {
  const { notes } = comparison;
  const changed = hasFigures(comparison) ? changedRows(comparison) : [];
  const shown = changed.slice(0, most);
  const open = shown.slice(0, MOST_OPEN_ROWS);
  const folded = shown.slice(MOST_OPEN_ROWS);
  const cut = changed.length - shown.length;
  const moreNotes = notes.slice(MOST_OPEN_NOTES, MOST_NOTES);
  return [
    heading(3, `Performance: ${inOneWord(comparison)}`),
    ...summaryBlocks(comparison),
    ...(open.length > 0 ? rowBlocks('Rows that changed', open) : []),
    ...(cut > 0 ? [paragraph(`${counted(cut, 'row')} more that changed are left out here for length.`)] : []),
    ...list(notes.slice(0, MOST_OPEN_NOTES)),
    ...(runUrl === undefined ? [] : [paragraph([{ text: 'The workflow run, with its artifacts', link: runUrl }])]),
    ...(folded.length > 0
      ? details(`${counted(folded.length, 'row')} more that changed`, rowBlocks('More rows that changed', folded))
      : []),
    ...moreReasons(comparison),
    ...details(counted(moreNotes.length, 'more note'), list(moreNotes)),
    ...otherRows(comparison, others),
    ...details('How sure this is', certaintyBlocks(comparison)),
  ];
}

/** The headline begins with it. */
function inOneWord({ headline }: Comparison): string {
  return (/^[A-Z]+( [A-Z]+)?/.exec(headline)?.[0] ?? '').toLowerCase();
}

/** Folded up: a reviewer wants them only now and then. */
function otherRows(comparison: Comparison, most: number): Block[] {
  const rows = hasFigures(comparison) ? restRows(comparison) : [];
  if (rows.length === 0) return [];
  const text = leftOutText(rows, changedRows(comparison));
  return most === 0 ? [paragraph(`${text} (in comparison.html).`)] : details(text, rowBlocks('Other rows', rows));
}
