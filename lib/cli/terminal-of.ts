import { withoutCredentials } from '../core/spec/shown.ts';
import type { Terminal } from '../results/terminal.ts';
import { hideSecrets } from './known-secrets.ts';
import { safeCommands, safeText } from './safe-text.ts';

/** Where text goes: a stream of the process, or a list in a test. */
export type Write = (text: string) => void;

/** The streams as whoever has something to say meets them: nothing reaches them that was not made harmless. */
export function terminalOf(
  stdout: Write,
  stderr: Write,
  hasColour: boolean,
  secrets: readonly string[] = [],
): Terminal {
  // Before, since a filter could change a secret; after, since it could put one together.
  const hidden = (text: string, make: (text: string) => string) =>
    `${hideSecrets(make(hideSecrets(text, secrets)), secrets)}\n`;
  const safe = (text: string) => hidden(text, (each) => safeText(each, hasColour));
  return {
    print: (text) => stdout(safe(text)),
    say: (line) => stderr(safe(withoutCredentials(line))),
    annotate: (commands, to) => (to === 'stdout' ? stdout : stderr)(hidden(commands, safeCommands)),
    hasColour,
  };
}
