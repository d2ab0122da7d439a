import { argument, defineCommand } from './command.ts';
import { DONE_OR_BAD_INPUT } from './exit-codes.ts';
import { resultsOption } from './project-options.ts';

export const baselineShowCommand = defineCommand({
  name: 'show',
  description: 'the runs of a baseline',
  arguments: { release: argument('<release>', 'as it was saved') },
  options: resultsOption('run folders and baselines are'),
  examples: [['baseline show 1.4', 'one line per run: its verdict, requests, p95 and goodput']],
  exitCodes: DONE_OR_BAD_INPUT,
  run: async ({ release, ...request }, { terminal, workingFolder }) => {
    const { showBaseline } = await import('../baseline.ts');
    return showBaseline(release, { ...request, workingFolder }, terminal);
  },
});
