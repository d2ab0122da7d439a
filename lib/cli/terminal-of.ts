import { present } from '../core/spec/present.ts';
import { withoutCredentials } from '../core/spec/shown.ts';
import type { Terminal } from '../results/terminal.ts';
import { withoutQueries } from '../run/k6/hide-urls.ts';
import { hideSecrets } from '../run/known-secrets.ts';
import { LiveLine, type Write } from './live-line.ts';
import { safeCommands, safeText } from './safe-text.ts';

/**
 * The streams as whoever has something to say meets them: nothing reaches them that was not made harmless.
 * @param columns how wide the terminal of standard output is now; absent where it is none
 */
export function terminalOf(
  stdout: Write,
  stderr: Write,
  hasColour: boolean,
  secrets: readonly string[] = [],
  columns?: () => number,
): Terminal {
  // Before, since a filter could change a secret; after, since it could put one together.
  const hidden = (text: string, make: (text: string) => string) =>
    `${hideSecrets(make(hideSecrets(text, secrets)), secrets)}\n`;
  const safe = (text: string) => hidden(text, (each) => safeText(each, hasColour));
  const line = columns && new LiveLine(stdout, columns);
  const above = (write: () => void) => (line === undefined ? write() : line.above(write));
  const live = line && ((text?: string) => line.show(text && safe(text).trimEnd().replaceAll('\n', ' ')));
  return {
    print: (text) => above(() => stdout(safe(text))),
    say: (text) => above(() => stderr(safe(withoutQueries(withoutCredentials(text))))),
    annotate: (commands, to) => above(() => (to === 'stdout' ? stdout : stderr)(hidden(commands, safeCommands))),
    ...present({ live, columns }),
    hasColour,
  };
}
