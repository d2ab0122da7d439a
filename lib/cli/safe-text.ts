import { stripVTControlCharacters } from 'node:util';
import { withoutHidden } from '../report/document/visible-text.ts';

const ESCAPE = '\u001b';

/** The colours that our own renderers use: bold, dim, red, green, yellow, and the ends of them. */
const OWN_COLOUR = new RegExp(`(${ESCAPE}\\[(?:1|2|22|31|32|33|39)m)`);
const OWN_COLOURS = new RegExp(OWN_COLOUR, 'g');

/**
 * What may go to standard output and standard error, whatever it was made of: no control, escape or bidi character, and
 * no line that a CI runner takes for a command to itself: `::error::` of GitHub at the beginning, `##[error]` of GitHub
 * and Azure, `##vso[` and `##teamcity[` anywhere.
 * @param hasColour whether our own colours stay: a text from outside that holds them can be coloured, and nothing else
 */
export function safeText(text: string, hasColour: boolean): string {
  const pieces = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n').split(OWN_COLOUR);
  return pieces
    .map((piece, i) => (i % 2 === 0 ? withoutControls(piece) : hasColour ? piece : ''))
    .join('')
    .split('\n')
    .map(withoutCommands)
    .join('\n');
}

/**
 * Workflow commands of GitHub Actions that we mean, one per line: the one exception. Their texts are escaped by
 * whoever made them (`annotation`); a line that is no such command is a text like any other.
 */
export function safeCommands(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, command, message] = /^(::(?:error|warning|notice)(?: title=[^:,]*)?::)(.*)$/u.exec(line) ?? [];
      if (command === undefined || message === undefined) return safeText(line, false);
      return withoutRunnerCommands(withoutControls(command)) + withoutRunnerCommands(withoutControls(message));
    })
    .join('\n');
}

/** As much of a safe line as fits into so many columns, with its colours to their ends. */
export function firstColumns(line: string, columns: number): string {
  let left = columns;
  return line
    .split(OWN_COLOUR)
    .map((piece, i) => {
      if (i % 2 === 1) return piece;
      const kept = piece.slice(0, left);
      left -= kept.length;
      return kept;
    })
    .join('');
}

function withoutControls(text: string): string {
  return withoutHidden(stripVTControlCharacters(text));
}

function withoutCommands(line: string): string {
  const bare = line.replace(OWN_COLOURS, '');
  const isHarmless = withoutRunnerCommands(bare) === bare;
  // A colour inside of such a mark would hide it from us, and not from everybody who takes colours out again.
  const marked = isHarmless ? line : withoutRunnerCommands(bare);
  return /^[\s\p{Cf}]*::/u.test(bare) ? marked.replace(':', ': ') : marked;
}

function withoutRunnerCommands(text: string): string {
  return text.replace(/##(?=\w*\[)/g, '## ');
}
