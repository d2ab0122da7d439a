import { UserError } from '../../core/spec/errors.ts';
import { COMPARE_EXIT_CODES } from '../../core/spec/exit-codes.ts';
import { kindOfText } from '../../core/spec/shown.ts';
import { COMPARISON_FORMATS } from '../../results/comparison-formats.ts';
import { refuseOptionsOfScenarios } from '../../run/script/options-of-scenarios.ts';
import { isScript } from '../../run/wanted-load.ts';
import { refuseSenseless } from './ab-rules.ts';
import { defineCommand } from './command.ts';
import { formatOptions } from './format-options.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { LOAD_NOTES, LOAD_OPTIONS, withCall } from './load-options.ts';
import { flag, parsedOr, requiredText, text, under } from './option.ts';
import { POLICY_OPTIONS } from './policy-options.ts';

export const abCommand = defineCommand({
  name: 'ab',
  heading: COMMAND_HEADING.load,
  description: 'run a scenario on base and head in turn, each run on a target of its own, and compare them',
  takesK6Arguments: true,
  options: {
    ...under(HEADING.comparison, {
      scenario: requiredText(
        '--scenario <name>',
        'the scenario to run, or the path of a k6 script (.js, .ts) that reads BASE_URL',
      ),
      pairs: parsedOr('--pairs <count>', 'pairs of runs per look', '5', parseWhole('--pairs', 1, 50)),
      looks: parsedOr(
        '--looks <count>',
        'how often the pairs are looked at: a second look runs as many again',
        '2',
        parseWhole('--looks', 1, 2),
      ),
      isSelfCheck: flag('--aa', 'base against base: how much two runs of the same release differ'),
      base: {
        command: text('--base-start <command>', 'starts base for each run; it is ready when --base-url answers'),
        folder: text('--base-dir <folder>', 'the checkout that --base-start runs in'),
      },
      baseRelease: text('--base-release <name>', 'the release that base is (default: `git describe` of its checkout)'),
      head: {
        url: text('--head-url <url>', 'where head answers'),
        command: text('--head-start <command>', 'starts head for each run; it is ready when --head-url answers'),
        folder: text('--head-dir <folder>', 'the checkout that --head-start runs in'),
      },
      headRelease: text('--head-release <name>', 'the release that head is (default: `git describe` of its checkout)'),
    }),
    policy: POLICY_OPTIONS,
    ...LOAD_OPTIONS,
    outputs: formatOptions(COMPARISON_FORMATS),
  },
  examples: [
    ['ab --scenario sustained --aa', 'base against base: the noise of this machine'],
    [
      'ab --scenario sustained --base-url <url> --head-url <url>',
      'two services that run, five pairs, and five more where something stays open',
    ],
  ],
  notes: [
    '--base-url names base; without it base is the service that package.json declares, else the reference backend, started anew for each run.',
    ...LOAD_NOTES,
  ],
  exitCodes: COMPARE_EXIT_CODES,
  run: async (values, call) => {
    const request = withCall(values, call);
    refuseSenseless(request);
    if (isScript(request.scenario)) refuseOptionsOfScenarios(request);
    const { ab } = await import('../../run/ab/ab.ts');
    return ab(request, call.terminal);
  },
});

function parseWhole(name: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new UserError({
      what: `${name} is not a number of them.`,
      received: kindOfText(text),
      expected: `a whole number from ${least} to ${most}`,
    });
  };
}
