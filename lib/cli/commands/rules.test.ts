import { expect, it } from 'vitest';
import { callProgram } from '../../e2e/call-program.ts';
import { temporaryFolder } from '../../e2e/tool.ts';

it.each<[string, readonly string[], RegExp]>([
  [
    'a noise to assume beside several runs',
    ['compare', '--base', 'a', 'b', '--head', 'c', '--noise-cv', '0.02'],
    /--noise-cv is for one run[\s\S]*2 and 1 names/,
  ],
  [
    'a noise that is no share',
    ['compare', '--base', 'a', '--head', 'c', '--noise-cv', '2'],
    /--noise-cv is not a share/,
  ],
  ['a release that cannot name a file', ['baseline', 'save', '../evil', 'a'], /cannot name a file/],
  ['an exit code that is none', ['gate', 'a', '--k6-exit-code', '256'], /--k6-exit-code is not an exit code/],
  ['a pause that is no time', ['suite', 'all', '--pause', '5'], /--pause is not a duration/],
  ['a part of no run', ['run', 'smoke', '--instance', '1/2'], /--instance and --run-id belong together/],
  ['a run without its part', ['run', 'smoke', '--run-id', 'r'], /--instance and --run-id belong together/],
  [
    'a part beyond the last',
    ['run', 'smoke', '--instance', '3/2', '--run-id', 'r'],
    /--instance is not one of several/,
  ],
  [
    'a run in a folder above',
    ['run', 'smoke', '--instance', '1/2', '--run-id', '../r'],
    /--run-id cannot name a folder/,
  ],
  ['parts of parts', ['run', 'smoke', '--segment', '9s', '--instance', '1/2', '--run-id', 'r'], /exclude each other/],
  ['a part without a length', ['run', 'smoke', '--segment', '0'], /--segment is too short/],
  ['a delay that is no time', ['run', 'smoke', '--abort-on-fail', '5'], /--abort-on-fail is not a duration/],
])('%s is refused', async (_, args, message) => {
  await expect(callProgram([...args, '--results', temporaryFolder()])).rejects.toThrow(message);
});

it.each<[string, readonly string[], RegExp]>([
  ['no command', [], /^Usage: k6-verdict \[options\] \[command\]/],
  ['no command of several', ['baseline'], /^Usage: k6-verdict baseline/],
  ['an argument that is missing', ['merge'], /missing required argument 'summaries'/],
  ['an option that is missing', ['ab', '--aa'], /required option '--scenario <name>' not specified/],
  ['an option that there is not', ['run', 'smoke', '--vsu', '3'], /unknown option --vsu\n\(Did you mean --vus\?\)/],
  [
    'a choice that there is not',
    ['run', 'smoke', '--backend-profile', 'x'],
    /Allowed choices are healthy, report, leaking/,
  ],
  ['a state that fails nothing', ['compare', '--fail-on', 'x'], /Allowed choices are regressed, suspect/],
])('%s ends with exit code 2, and prints nothing', async (_, args, message) => {
  const { exitCode, printed, said } = await callProgram(args);
  expect({ exitCode, printed }).toEqual({ exitCode: 2, printed: '' });
  expect(said).toMatch(message);
});
