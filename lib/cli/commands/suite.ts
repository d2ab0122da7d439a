import { RUN_EXIT_CODES } from '../../core/spec/exit-codes.ts';
import { parseDurationSeconds } from '../../core/spec/units.ts';
import { argument, defineCommand } from './command.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { LOAD_NOTES, LOAD_OPTIONS, withCall } from './load-options.ts';
import { parsed, under } from './option.ts';

export const suiteCommand = defineCommand({
  name: 'suite',
  heading: COMMAND_HEADING.load,
  description: 'run the plans and scripts of a suite of package.json one after another, and judge them as one test',
  arguments: { name: argument('<name>', 'a suite of "k6-verdict": { "suites": ... }') },
  takesK6Arguments: true,
  options: {
    ...LOAD_OPTIONS,
    ...under(HEADING.run, {
      pauseSeconds: parsed(
        '--pause <time>',
        'between two plans (default: the longest rate-limit window that an endpoint declares)',
        (text) => parseDurationSeconds(text, '--pause'),
      ),
    }),
  },
  examples: [
    ['suite load-concurrent', 'its plans one after another, and one report of them all'],
    ['suite load-concurrent --pause 0', 'without waiting until rate limits of the plan before have expired'],
  ],
  notes: LOAD_NOTES,
  exitCodes: RUN_EXIT_CODES,
  run: async ({ name, ...request }, call) => {
    const { runSuite } = await import('../../run/suite.ts');
    return runSuite(name, withCall(request, call), call.terminal);
  },
});
