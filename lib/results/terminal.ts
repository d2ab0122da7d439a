import { present } from '../core/spec/present.ts';

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
  /** How wide the terminal of standard output is now; absent where it is none. */
  readonly columns?: () => number;
}

/** Longer lines are not read. */
const WIDEST = 100;

/** What a text depends on that is printed there. */
export function placeOf({ hasColour, columns }: Terminal): { readonly hasColour: boolean; readonly columns?: number } {
  return { hasColour, ...present({ columns: columns && Math.min(columns(), WIDEST) }) };
}
