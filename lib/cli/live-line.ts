import { stripVTControlCharacters } from 'node:util';
import { firstColumns } from './safe-text.ts';

/** Where text goes: a stream of the process, or a list in a test. */
export type Write = (text: string) => void;

/**
 * A line at the end of a terminal that is rewritten in place. It is overwritten by spaces, which every terminal knows.
 */
export class LiveLine {
  private readonly write: Write;
  private readonly columns: () => number;
  private shown = '';

  /** @param columns how wide the terminal is now */
  constructor(write: Write, columns: () => number) {
    this.write = write;
    this.columns = columns;
  }

  /** @param text one harmless line; undefined takes the line away */
  show(text = ''): void {
    // In the last column some terminals begin a new line.
    const most = Math.max(0, this.columns() - 1);
    const line = firstColumns(text, most);
    if (line === this.shown) return;
    // A terminal that has become narrower has no room for all that is to be overwritten: it would begin a new line.
    const rest = Math.min(widthOf(this.shown), most) - widthOf(line);
    this.write(`\r${line}${' '.repeat(Math.max(0, rest))}${line === '' ? '\r' : ''}`);
    this.shown = line;
  }

  /** Text that stays goes above it. */
  above(write: () => void): void {
    const { shown } = this;
    this.show();
    write();
    this.show(shown);
  }
}

function widthOf(line: string): number {
  return stripVTControlCharacters(line).length;
}
