import Table from 'cli-table3';
import { withoutHidden } from './document/visible-text.ts';

/** Between two columns of a table. */
export const GAP = '  ';

/** Columns apart by spaces: it survives a log file and a narrow terminal. */
export function plainTable(head: string[]): Table.Table {
  const none = {
    top: '',
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    bottom: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
  };
  return new Table({
    head,
    chars: { ...none, left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: GAP },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  });
}

/** Text from outside must neither break the layout nor drive the terminal. */
export function oneLine(text: string): string {
  return withoutHidden(text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));
}
