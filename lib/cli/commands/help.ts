import type { Command as Commander, Help } from 'commander';
import type { Command, CommandGroup } from './command.ts';

/** Wider lines are not read. */
const WIDEST = 100;

/** How wide a help is on a terminal of so many columns; undefined where it goes elsewhere. */
export function helpWidth(columns: number | undefined): number {
  return Math.min(columns ?? WIDEST, WIDEST);
}

/** What the help of a command says behind its options: examples, notes, and what its exit codes mean. */
export function helpAfter(commander: Commander, command: Command | CommandGroup): string {
  const help = commander.createHelp();
  const codes = 'exitCodes' in command ? command.exitCodes : [];
  const notes = 'notes' in command ? command.notes : [];
  return [
    [
      'Examples:',
      ...command.examples.flatMap(([call, effect]) => [`  npx k6-verdict ${call}`, indented(effect, help)]),
    ],
    notes.map((note) => help.boxWrap(note, help.helpWidth ?? WIDEST)),
    codes.length === 0 ? [] : ['Exit codes:', ...codes.map(([code, meaning]) => codeLine(code, meaning, codes, help))],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `\n${lines.join('\n')}`)
    .join('\n');
}

function codeLine(code: string, meaning: string, codes: Command['exitCodes'], help: Help): string {
  const width = Math.max(...codes.map(([each]) => each.length));
  return help.formatItem(code, width, meaning.replaceAll('`', ''), help);
}

const INDENT = '      ';

function indented(effect: string, help: Help): string {
  const lines = help.boxWrap(effect, (help.helpWidth ?? WIDEST) - INDENT.length);
  return lines.replace(/^/gm, INDENT);
}
