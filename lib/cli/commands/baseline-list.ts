import { defineCommand } from './command.ts';
import { DONE_OR_BAD_INPUT } from './exit-codes.ts';
import { resultsOption } from './project-options.ts';

export const baselineListCommand = defineCommand({
  name: 'list',
  description: 'every baseline of the project',
  options: resultsOption('run folders and baselines are'),
  examples: [['baseline list', 'one line per release: its scenario, how many runs, when it was saved']],
  exitCodes: DONE_OR_BAD_INPUT,
  run: async (request, { terminal, workingFolder }) => {
    const { printBaselines } = await import('../baseline.ts');
    return printBaselines({ ...request, workingFolder }, terminal);
  },
});
