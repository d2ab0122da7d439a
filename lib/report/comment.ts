/** Hidden in a comment on a pull request: by it the next run finds the comment to update. */
export const COMMENT_MARKERS = {
  gate: '<!-- k6-verdict:gate -->',
  comparison: '<!-- k6-verdict:comparison -->',
} as const;

/** GitHub takes 65,536 characters. */
export const MOST_COMMENT_BYTES = 60_000;

export interface CommentLinks {
  /** The workflow run, with the step summary and the uploaded run folders. */
  readonly runUrl?: string;
}

/** In UTF-8: never less than the characters that GitHub counts. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
