import { defineCommand } from './command.ts';
import { COMMAND_HEADING } from './headings.ts';

export const listCommand = defineCommand({
  name: 'list',
  heading: COMMAND_HEADING.load,
  description: 'list the scenarios and the suites of this project, each with its purpose',
  examples: [['list', 'the names that `run` and `suite` take']],
  exitCodes: [
    ['0', 'there is something to run'],
    ['2', 'there is no project here, or it has no scenarios'],
  ],
  run: async (_, { terminal, workingFolder }) => {
    const { list } = await import('../list.ts');
    return list(workingFolder, terminal);
  },
});
