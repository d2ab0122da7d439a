import { COMMENT_MARKERS, type CommentLinks, MOST_COMMENT_BYTES } from '../comment.ts';
import type { Gate } from './gate.ts';
import { gateMarkdown } from './gate-markdown.ts';

/** The body of a comment on a pull request: under 60,000 bytes, what matters least left out first. */
export function renderComment(gate: Gate, { runUrl }: CommentLinks = {}): string {
  const links = runUrl === undefined ? [] : ([['The workflow run, with its artifacts', runUrl]] as const);
  const room = MOST_COMMENT_BYTES - COMMENT_MARKERS.gate.length - 2;
  return `${COMMENT_MARKERS.gate}\n${gateMarkdown(gate, room, links)}`;
}
