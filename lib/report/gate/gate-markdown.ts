import type { Block } from '../../core/spec/document/blocks.ts';
import { list, paragraph } from '../../core/spec/document/cells.ts';
import { bytesOf } from '../comment.ts';
import { blocksMarkdown } from '../document/render-markdown.ts';
import { isTold } from '../model/decision-sentence.ts';
import type { Gate } from './gate.ts';
import { DETAILS, type Detail, more, runsTable, shorten, thresholdBlocks, thresholdsTitle } from './gate-details.ts';
import { gateScreen } from './gate-screen.ts';
import { notesShown, sortRows } from './rows.ts';

/**
 * The verdict as GitHub-flavoured Markdown: one screen of what a reviewer must know, and the rest folded up, with as
 * much detail as fits.
 * @param mostBytes of UTF-8, which is never less than the characters that GitHub counts
 * @param links where more is to be found, as `[text, address]`
 */
export function gateMarkdown(
  gate: Gate,
  mostBytes: number,
  links: readonly (readonly [string, string])[] = [],
): string {
  let text = '';
  for (const detail of DETAILS) {
    text = markdownOf(gate, detail, links);
    if (bytesOf(text) <= mostBytes) return text;
  }
  return text;
}

function markdownOf(gate: Gate, detail: Detail, links: readonly (readonly [string, string])[]): string {
  const short = (text: string) => shorten(text, detail.longest);
  const rows = sortRows(gate);
  const notes = notesShown(gate);
  const runs: Block[] = [
    ...runsTable(gate.runs.slice(0, detail.runs), short),
    ...more(gate.runs.length - detail.runs, 'run'),
    ...list(notes.slice(0, detail.notes).map(short)),
    ...more(notes.length - detail.notes, 'note'),
  ];
  return [
    blocksMarkdown(gateScreen(gate, rows, detail)),
    details('Release policy: what is lacking besides', list(lackingBesides(gate))),
    details(thresholdsTitle(rows), thresholdBlocks(gate, rows, detail, short)),
    details('Runs and notes', runs),
    blocksMarkdown(links.map(([label, address]) => paragraph([{ text: label, link: address }]))),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The requirements that are not met, and not among the reasons on the screen. */
function lackingBesides({ verdict, decision: { advice, release } }: Gate): string[] {
  if (release === undefined || verdict === 'not_released') return [];
  return release.lacking.filter((each) => !isTold(each, advice.reasons.join('\n')));
}

/** Folded up: a reviewer wants it only now and then. */
function details(title: string, blocks: readonly Block[]): string {
  if (blocks.length === 0) return '';
  return `<details><summary>${title}</summary>\n\n${blocksMarkdown(blocks)}\n</details>\n`;
}
