import { CommanderError, Command as Root } from 'commander';
import pc from 'picocolors';
import { EXIT } from '../core/spec/exit-codes.ts';
import { present } from '../core/spec/present.ts';
import { fileMistake } from '../files/file-mistake.ts';
import type { Terminal } from '../results/terminal.ts';
import { TOOL } from '../run/installation.ts';
import { knownSecrets } from '../run/known-secrets.ts';
import { abCommand } from './commands/ab.ts';
import { addCommand } from './commands/add-command.ts';
import { baselineCommands } from './commands/baseline.ts';
import type { Call, Command, CommandGroup } from './commands/command.ts';
import { compareCommand } from './commands/compare.ts';
import { gateCommand } from './commands/gate.ts';
import { COMMAND_HEADING } from './commands/headings.ts';
import { helpWidth } from './commands/help.ts';
import { listCommand } from './commands/list.ts';
import { mergeCommand } from './commands/merge.ts';
import { postCommentCommand } from './commands/post-comment.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { suiteCommand } from './commands/suite.ts';
import { whichK6Command } from './commands/which-k6.ts';
import { withoutValues } from './commands/without-values.ts';
import { terminalOf } from './terminal-of.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [
  runCommand,
  suiteCommand,
  abCommand,
  listCommand,
  gateCommand,
  compareCommand,
  baselineCommands,
  reportCommand,
  mergeCommand,
  postCommentCommand,
  whichK6Command,
];

/** Where the program is called, and whom it tells. */
export interface Caller extends Omit<Call, 'k6Arguments'> {
  /** Of the terminal; absent where the output goes elsewhere. */
  readonly columns?: number;
}

/**
 * Runs the command line.
 * @returns the exit code
 * @throws UserError for a mistake of the user
 */
export async function program(args: readonly string[], caller: Caller = thisProcess(args)): Promise<number> {
  const split = args.indexOf('--');
  const own = split === -1 ? args : args.slice(0, split);
  const k6Arguments = split === -1 ? [] : args.slice(split + 1);
  try {
    const work = chosenBy(own, { ...caller, k6Arguments }, helpWidth(caller.columns));
    return await work();
  } catch (error) {
    // Commander has already said what is wrong, or shown the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.badInput;
    throw fileMistake(error) ?? error;
  }
}

/** The work that the arguments ask for. @throws CommanderError where they ask for none: a mistake, or the help */
function chosenBy(args: readonly string[], call: Call, width: number): () => Promise<number> {
  const { print, say } = call.terminal;
  const root = new Root('k6-verdict')
    .description('Load tests with k6 that end in a verdict.')
    .version(TOOL.version)
    .exitOverride()
    .configureHelp({ helpWidth: width })
    .configureOutput({
      writeOut: (text) => print(withoutLastBreak(text)),
      writeErr: (text) => say(withoutLastBreak(text)),
      outputError: (message, write) => write(withoutValues(message)),
    })
    .commandsGroup(COMMAND_HEADING.other)
    .showSuggestionAfterError();
  let chosen = async (): Promise<number> => EXIT.badInput;
  for (const command of COMMANDS)
    addCommand(root, command, call, (work) => {
      chosen = work;
    });
  root.parse([...args], { from: 'user' });
  return chosen;
}

function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
}

/** Of a terminal that does not say how wide it is. */
const USUAL_COLUMNS = 80;

/** Our own streams. @param args of the call, whose secrets nothing repeats */
export function processTerminal(args: readonly string[]): Terminal {
  const { stdout, stderr, env } = process;
  const hasColour = pc.isColorSupported && stdout.isTTY === true;
  const write = (stream: NodeJS.WritableStream) => (text: string) => void stream.write(text);
  const columns = stdout.isTTY === true ? () => stdout.columns || USUAL_COLUMNS : undefined;
  return terminalOf(write(stdout), write(stderr), hasColour, knownSecrets(args, env), columns);
}

function thisProcess(args: readonly string[]): Caller {
  const { stdout, env } = process;
  return {
    terminal: processTerminal(args),
    environment: env,
    workingFolder: process.cwd(),
    ...present({ columns: stdout.isTTY ? stdout.columns : undefined }),
  };
}
