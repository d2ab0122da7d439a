import { UserError } from '../../core/spec/errors.ts';
import { readTail } from '../../files/read-tail.ts';
import { shownPath } from '../../files/shown-path.ts';
import type { RunFolder } from '../../results/run-folder.ts';
import type { Terminal } from '../../results/terminal.ts';
import { adviceOn } from '../k6/k6-advice.ts';
import type { K6End } from '../k6/k6-process.ts';
import { isCount } from '../k6/log-digest.ts';
import { messageIn } from '../k6/message-in-log.ts';
import { exitCodeWithoutSummary, howEnded } from '../k6/without-summary.ts';

/** A script that k6 did not begin with. */
export interface Unstarted {
  readonly folder: RunFolder;
  readonly terminal: Terminal;
  readonly end: Pick<K6End, 'exitCode' | 'signal'>;
}

const MOST_WORDS = 800;
const MOST_LINES = 8;

/**
 * Says why k6 sent nothing, in its own words, and what to do.
 * @returns the exit code, k6's own where it tells one
 * @throws UserError for what an option of ours cannot do with this script
 */
export function tellUnstarted({ folder, terminal, end }: Unstarted, isStopped: boolean): number {
  const words = wordsOf(readTail(folder.logFile, 64 * 1024));
  refuseFlatMemory(words);
  const advice = adviceOn(words);
  terminal.say(
    [
      `k6 ${howEnded(end)} before it sent anything: there is nothing to judge.`,
      ...shortened(words).map((line) => `  ${line}`),
      ...(advice === undefined ? [] : [`  to do:    ${advice}`]),
      `  its log: ${shownPath(folder.logFile)}`,
    ].join('\n'),
  );
  return exitCodeWithoutSummary(end, isStopped);
}

/** In the words of the recorder (flat_memory.go): the thresholds of a script are known when k6 has loaded it. */
function refuseFlatMemory(words: string): void {
  const needing = /thresholds with abortOnFail need k6's engine: (.*)/s.exec(words)?.[1];
  if (needing === undefined) return;
  throw new UserError({
    what: "--flat-memory turns k6's own engine off, and only that could end the run by a threshold: nothing was sent.",
    received: `abortOnFail of ${needing}`,
    expected: 'a script without abortOnFail',
    todo: 'leave out --flat-memory, or take abortOnFail out of the script',
  });
}

/** k6's last error; where its log has none, its last line. */
export function wordsOf(log: string): string {
  const lines = log
    .trim()
    .split('\n')
    .filter((line) => !isCount(line));
  const error = lines.filter((line) => /\blevel"?[=:]\s*"?(error|fatal)/.test(line)).at(-1);
  return (error === undefined ? lines.at(-1) : (messageIn(error) ?? error))?.trim() ?? '';
}

/** The paths that k6 puts before its words, and the frames of Go, say nothing more. */
function shortened(words: string): string[] {
  const plain = words.replace(/^could not initialize '[^']*': could not load JS test '[^']*': /, '');
  const lines = plain.split('\n').map((line) => line.replaceAll('\t', '  ').trimEnd());
  return lines.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_WORDS));
}
