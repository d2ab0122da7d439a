import type { ExitCodes } from './command.ts';

/** Of commands that judge nothing. */
export const DONE_OR_BAD_INPUT: ExitCodes = [
  ['0', 'done, whatever the verdict of the runs is: the gate judges'],
  ['2', 'bad usage, or an input that cannot be read'],
];
