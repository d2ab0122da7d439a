/**
 * Standard output is for results, standard error for everything said on the way. Whatever a text was made of, it is made
 * harmless on its way out (lib/cli/safe-text.ts).
 */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (line: string) => void;
  /** Workflow commands of GitHub Actions, one per line, which no other text can be. */
  readonly annotate: (commands: string, to: 'stdout' | 'stderr') => void;
  /**
   * Shows one line that is rewritten in place, below all that is printed and said; undefined takes it away. Absent where
   * standard output is no terminal.
   */
  readonly live?: (line: string | undefined) => void;
  readonly hasColour: boolean;
}
