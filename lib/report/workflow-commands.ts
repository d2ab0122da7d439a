import { visibleLines } from './document/visible-text.ts';

/** GitHub shows ten annotations of a kind for a step, and drops the others without a word. */
export const MOST_ANNOTATIONS = 10;

/** GitHub cuts longer messages. */
const LONGEST = 4000;

/** A workflow command of GitHub Actions, on one line. */
export function annotation(kind: 'error' | 'warning' | 'notice', title: string, message: string): string {
  return `::${kind} title=${escapeProperty(cut(title))}::${escapeData(cut(message))}`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} …`;
}

/** As GitHub's runner reads them back: https://github.com/actions/toolkit, packages/core/src/command.ts. */
function escapeData(text: string): string {
  return visibleLines(text)
    .replace(/##(?=\w*\[)/g, '## ')
    .replace(/%/g, '%25')
    .replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
