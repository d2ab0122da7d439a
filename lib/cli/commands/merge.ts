import { argumentList, defineCommand } from './command.ts';
import { DONE_OR_BAD_INPUT } from './exit-codes.ts';
import { COMMAND_HEADING } from './headings.ts';
import { resultsOption } from './project-options.ts';

export const mergeCommand = defineCommand({
  name: 'merge',
  heading: COMMAND_HEADING.report,
  description: 'fold the summaries of the k6 processes of one run (--instance) into one',
  arguments: { names: argumentList('<summaries...>', 'run folders or summaries, one per process') },
  options: resultsOption('run folders and baselines are'),
  examples: [['merge results/<run>.1 results/<run>.2', 'one run folder of the two processes of a run']],
  exitCodes: DONE_OR_BAD_INPUT,
  run: async (request, { terminal, workingFolder }) => {
    const { merge } = await import('../merge.ts');
    return merge({ ...request, workingFolder }, terminal);
  },
});
