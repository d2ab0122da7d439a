import { UserError } from '../../core/spec/errors.ts';
import { GATE_EXIT_CODES } from '../../core/spec/exit-codes.ts';
import { kindOfText } from '../../core/spec/shown.ts';
import { GATE_FORMATS } from '../../results/gate-formats.ts';
import { argumentList, defineCommand } from './command.ts';
import { formatOptions } from './format-options.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { flag, parsed, under } from './option.ts';
import { resultsOption } from './project-options.ts';

export const gateCommand = defineCommand({
  name: 'gate',
  heading: COMMAND_HEADING.judge,
  description: 'judge stored runs again, without running k6, for a pipeline to act on (default: the latest run)',
  arguments: { names: argumentList('[runs...]', 'run folders, run ids or summaries') },
  options: {
    ...under(HEADING.decision, {
      isReleaseRequired: flag('--release', 'fail unless the release policy of package.json is met, by these runs'),
      k6ExitCode: parsed(
        '--k6-exit-code <code>',
        "k6's exit code, for a summary that k6 wrote: it does not store it",
        parseExitCode,
      ),
    }),
    outputs: formatOptions(GATE_FORMATS),
    ...resultsOption('run folders are'),
  },
  examples: [
    ['gate', 'the latest run'],
    ['gate results/<run> results/<other run> --junit gate.xml', 'two runs, and their thresholds for a CI server'],
    ['gate results/<run> results/<other run> --release', 'whether to deploy: the release policy must be met'],
    ['gate k6-summary.json --k6-exit-code 99', 'a summary that k6 wrote'],
  ],
  exitCodes: GATE_EXIT_CODES,
  run: async (request, { terminal, environment, workingFolder }) => {
    const { gate } = await import('../gate.ts');
    return gate({ ...request, environment, workingFolder }, terminal);
  },
});

function parseExitCode(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= 255) return Number(text);
  throw new UserError({
    what: '--k6-exit-code is not an exit code.',
    received: kindOfText(text),
    expected: 'the whole number, 0 to 255, with which k6 ended',
  });
}
