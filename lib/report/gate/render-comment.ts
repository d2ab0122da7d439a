import type { Gate } from './gate.ts';
import { gateMarkdown } from './gate-markdown.ts';

/** Hidden in the comment: by it the next run finds the comment to update. */
export const COMMENT_MARKER = '<!-- k6-verdict:gate -->';

/** GitHub takes 65,536 characters. */
const MOST_BYTES = 60_000;

export interface CommentLinks {
  /** The workflow run, with the step summary and the uploaded run folders. */
  readonly runUrl?: string;
}

/** The body of a comment on a pull request: under 60,000 bytes, what matters least left out first. */
export function renderComment(gate: Gate, { runUrl }: CommentLinks = {}): string {
  const links = runUrl === undefined ? [] : ([['The workflow run, with its artifacts', runUrl]] as const);
  const room = MOST_BYTES - COMMENT_MARKER.length - 2;
  return `${COMMENT_MARKER}\n${gateMarkdown(gate, room, links)}`;
}
