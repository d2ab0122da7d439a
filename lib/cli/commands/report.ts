import { argumentList, defineCommand } from './command.ts';
import { DONE_OR_BAD_INPUT } from './exit-codes.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { text, under } from './option.ts';
import { resultsOption } from './project-options.ts';

export const reportCommand = defineCommand({
  name: 'report',
  heading: COMMAND_HEADING.report,
  description:
    'rebuild the report of stored runs: run folders, or summaries of k6-verdict or of k6 (default: the latest run)',
  arguments: { names: argumentList('[runs...]', 'run folders, run ids or summaries') },
  options: {
    ...under(HEADING.output, {
      outFolder: text(
        '--out <folder>',
        'where the report goes (default: the folder of the run; for several, a new one in results/)',
      ),
    }),
    ...resultsOption('run folders are'),
  },
  examples: [
    ['report', 'the latest run, from its stored figures'],
    ['report results/<run> results/<other run>', 'several runs as one report, in a new folder'],
    ['report k6-summary.json --out my-report', 'a summary that k6 wrote'],
  ],
  exitCodes: DONE_OR_BAD_INPUT,
  run: async (request, { terminal, workingFolder }) => {
    const { report } = await import('../report.ts');
    return report({ ...request, workingFolder }, terminal);
  },
});
