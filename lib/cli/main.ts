import { EXIT } from '../core/spec/exit-codes.ts';
import { fileMistake } from '../files/file-mistake.ts';
// Before all else: they see who started us, and how, while that is to be seen.
import '../process/hang-up.ts';
import '../process/masters.ts';
import { exitCodeWithoutOutput, watchOutput } from './lost-output.ts';
import { processTerminal, program } from './program.ts';

const DEFECT = 70;

const lost = watchOutput(process);
const args = process.argv.slice(2);
const { say } = processTerminal(args);

try {
  process.exitCode = await program(args);
} catch (error) {
  const mistake = fileMistake(error);
  if (mistake !== undefined) {
    say(`k6-verdict: ${mistake.message}`);
    process.exitCode = EXIT.badInput;
  } else {
    say(`k6-verdict: this is a defect of k6-verdict, please report it.\n${(error as Error).stack ?? String(error)}`);
    process.exitCode = DEFECT;
  }
}

// Streams tell of an error a moment after they were written to.
await Promise.all([process.stdout, process.stderr].map(allWritten));
await new Promise((resolve) => setImmediate(resolve));
if (lost.reason !== undefined) {
  process.exitCode = exitCodeWithoutOutput(process.exitCode, args);
  say(`k6-verdict: standard output cannot be written, and is lost: ${lost.reason}.`);
}
// Left to itself, Node takes our handlers away some time before it is gone: a signal would then be the end, and its code.
process.exit();

/** An error is for whoever watches the stream. */
function allWritten(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
