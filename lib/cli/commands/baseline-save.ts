import { UserError } from '../../core/spec/errors.ts';
import { shownName } from '../../core/spec/shown.ts';
import { isReleaseName } from '../../results/baseline-name.ts';
import { argument, argumentList, defineCommand } from './command.ts';
import { DONE_OR_BAD_INPUT } from './exit-codes.ts';
import { flag } from './option.ts';
import { resultsOption } from './project-options.ts';

export const baselineSaveCommand = defineCommand({
  name: 'save',
  description: 'write results/baselines/<release>.json, to commit',
  arguments: {
    release: argument('<release>', 'its name, such as 1.4'),
    names: argumentList('<runs...>', 'run folders, run ids or summaries of that release, three or more'),
  },
  options: {
    allowsFailed: flag('--allow-failed', 'take runs that did not pass as well'),
    replaces: flag('--replace', 'over a baseline of that release'),
    ...resultsOption('run folders and baselines are'),
  },
  examples: [
    ['baseline save 1.4 results/<run> results/<run> results/<run>', 'three runs that passed'],
    ['baseline save 1.4 results/<run> --replace', 'over the baseline that there is'],
  ],
  exitCodes: DONE_OR_BAD_INPUT,
  run: async (request, { terminal, workingFolder }) => {
    expectReleaseName(request.release);
    const { saveBaseline } = await import('../baseline.ts');
    return saveBaseline({ ...request, workingFolder }, terminal);
  },
});

function expectReleaseName(release: string): void {
  if (isReleaseName(release)) return;
  throw new UserError({
    what: 'The release cannot name a file.',
    received: shownName(release),
    expected: 'letters, digits, dots, dashes and underscores, such as 1.4 or v1.4.0-rc1',
  });
}
