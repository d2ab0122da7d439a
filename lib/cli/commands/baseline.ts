import { baselineListCommand } from './baseline-list.ts';
import { baselineSaveCommand } from './baseline-save.ts';
import { baselineShowCommand } from './baseline-show.ts';
import type { CommandGroup } from './command.ts';
import { COMMAND_HEADING } from './headings.ts';

export const baselineCommands: CommandGroup = {
  name: 'baseline',
  heading: COMMAND_HEADING.judge,
  description: 'keep the runs of a release for later comparisons',
  commands: [baselineSaveCommand, baselineListCommand, baselineShowCommand],
  examples: [
    ['baseline save 1.4 results/<run> results/<run> results/<run>', 'three runs of 1.4, in a file to commit'],
    ['compare --base 1.4 --head results/<run>', 'a run against them'],
  ],
};
