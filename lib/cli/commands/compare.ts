import { UserError } from '../../core/spec/errors.ts';
import { COMPARE_EXIT_CODES } from '../../core/spec/exit-codes.ts';
import { COMPARISON_FORMATS } from '../../results/comparison-formats.ts';
import { defineCommand } from './command.ts';
import { formatOptions } from './format-options.ts';
import { COMMAND_HEADING, HEADING } from './headings.ts';
import { flag, parsed, requiredTexts, texts, under } from './option.ts';
import { POLICY_OPTIONS } from './policy-options.ts';
import { resultsOption } from './project-options.ts';
import { parseShare } from './share.ts';

export const compareCommand = defineCommand({
  name: 'compare',
  heading: COMMAND_HEADING.judge,
  description: 'compare stored runs: the runs of a release, or its baseline, against those of another',
  options: {
    ...under(HEADING.comparison, {
      base: requiredTexts('--base <runs...>', 'run folders, run ids, summaries, globs, or a baseline by its release'),
      head: requiredTexts('--head <runs...>', 'the same, of what is to be judged'),
      earlier: texts('--earlier <runs...>', 'runs of earlier releases, for the trend alone'),
      selfChecks: texts('--noise <folders...>', 'folders of `ab --aa`: how much runs differ when nothing changed'),
      assumedNoiseCv: parsed(
        '--noise-cv <share>',
        'the noise to assume of a run, for one against one',
        parseShare('--noise-cv'),
      ),
    }),
    policy: POLICY_OPTIONS,
    ...under(HEADING.decision, {
      allowsMissingBaseline: flag('--allow-missing-baseline', 'a baseline that is not there ends with exit code 0'),
    }),
    outputs: formatOptions(COMPARISON_FORMATS),
    ...resultsOption('run folders and baselines are'),
  },
  examples: [
    ['compare --base 1.4 --head results/<run> results/<run>', 'the baseline of 1.4 against two runs'],
    ['compare --base results/<run> --head "results/*-sustained-*"', 'one run against all that fit the pattern'],
  ],
  exitCodes: COMPARE_EXIT_CODES,
  run: async (request, { terminal, environment, workingFolder }) => {
    refuseNoiseOfSeveral(request);
    const { compare } = await import('../compare.ts');
    return compare({ ...request, environment, workingFolder }, terminal);
  },
});

function refuseNoiseOfSeveral({
  base,
  head,
  assumedNoiseCv,
}: {
  readonly base: readonly string[];
  readonly head: readonly string[];
  readonly assumedNoiseCv?: number;
}): void {
  if (assumedNoiseCv === undefined || (base.length === 1 && head.length === 1)) return;
  throw new UserError({
    what: '--noise-cv is for one run against one: several runs have a noise of their own.',
    received: `--noise-cv beside ${base.length} and ${head.length} names`,
    expected: 'the option left out',
  });
}
