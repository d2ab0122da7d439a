import { UserError } from '../core/spec/errors.ts';
import { EXIT } from '../core/spec/exit-codes.ts';
// Before all else: they see who started us, and how, while that is to be seen.
import '../process/hang-up.ts';
import '../process/masters.ts';
import { processTerminal, program } from './program.ts';

const DEFECT = 70;

// Whoever reads only the first lines (`| head`) has closed the pipe, and a terminal that was closed takes nothing more:
// the run goes on, unseen.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

const args = process.argv.slice(2);
const { say } = processTerminal(args);

try {
  process.exitCode = await program(args);
} catch (error) {
  if (error instanceof UserError) {
    say(`k6-verdict: ${error.message}`);
    process.exitCode = EXIT.badInput;
  } else {
    say(`k6-verdict: this is a defect of k6-verdict, please report it.\n${(error as Error).stack ?? String(error)}`);
    process.exitCode = DEFECT;
  }
}
