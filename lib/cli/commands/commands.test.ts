import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../core/spec/settings.ts';
import { callProgram } from '../../e2e/call-program.ts';
import { COMMANDS } from '../program.ts';
import type { Command, CommandGroup } from './command.ts';

type Listed = readonly [path: string, command: Command | CommandGroup];

const listed: readonly Listed[] = COMMANDS.flatMap((command): Listed[] => [
  [command.name, command],
  ...('commands' in command ? command.commands.map((each): Listed => [`${command.name} ${each.name}`, each]) : []),
]);

const helpOf = async (path: string, columns?: number): Promise<string> => {
  const { exitCode, printed, said } = await callProgram([...path.split(' '), '--help'], columns ? { columns } : {});
  expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' });
  return printed;
};

it('are all that there are', () => {
  expect(listed.map(([path]) => path).sort()).toEqual([
    'ab',
    'baseline',
    'baseline list',
    'baseline save',
    'baseline show',
    'compare',
    'gate',
    'list',
    'merge',
    'post-comment',
    'report',
    'run',
    'suite',
    'which-k6',
  ]);
});

describe.each(listed)('%s', (path, command) => {
  it('says what it does, how it is called, and how it ends', async () => {
    const help = await helpOf(path);
    expect(command.description).not.toBe('');
    expect(help.replaceAll(/\s+/g, ' ')).toContain(command.description);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const [call, effect] of command.examples) {
      expect(help).toContain(`npx k6-verdict ${call}\n`);
      expect(effect).not.toBe('');
    }
    if ('exitCodes' in command)
      expect(command.exitCodes.map(([code]) => code)).toEqual(expect.arrayContaining(['0', '2']));
  });

  it('has examples of its own, with arguments and options that it takes', () => {
    expect(command.examples[0]?.[0]).toMatch(new RegExp(`^${path}( |$)`));
    for (const [call] of command.examples) {
      const [, target] = listed.toReversed().find(([each]) => `${call} `.startsWith(`${each} `)) ?? [];
      const options = target !== undefined && 'options' in target ? target.options : [];
      const known = options.flatMap(({ flags }) => flags.match(/-[-\w]+/g) ?? []);
      // What follows -- is k6's.
      const [own = ''] = call.split(' -- ');
      for (const [flag] of own.matchAll(/(?<= )-[-\w]+/g)) expect(known, call).toContain(flag);
    }
  });

  it.each([80, 100])('has a help that fits into %i columns', async (columns) => {
    const lines = (await helpOf(path, columns)).split('\n');
    expect(lines.filter((line) => line.length > columns)).toEqual([]);
    // A description in a gutter of a few letters is a help that nobody reads.
    for (const line of lines) expect(line.search(/\S/)).toBeLessThan(columns / 2);
  });

  it('names every option once, and says something of it', async () => {
    const options = 'options' in command ? command.options : [];
    const help = await helpOf(path);
    for (const { flags, description } of options) {
      expect(help.split(`\n  ${flags} `), flags).toHaveLength(2);
      expect(description).not.toBe('');
    }
  });
});

it('has groups, each of them once', async () => {
  for (const [path] of listed) {
    const headings = (await helpOf(path)).match(/^\S[^\n]*:$/gm) ?? [];
    expect(new Set(headings).size, path).toBe(headings.length);
  }
  const run = await helpOf('run');
  for (const heading of ['The target:', 'Settings:', 'The run:', 'Output:']) expect(run).toContain(`\n${heading}\n`);
});

it('shows every setting with its variable, under the target or under the settings', async () => {
  const help = await helpOf('run');
  const [, target = '', settings = ''] = /\nThe target:\n(.*?)\nSettings:\n(.*?)\nThe run:/s.exec(help) ?? [];
  for (const { flag, name } of SETTINGS) {
    expect(`${target}${settings}`).toContain(`  ${flag} `);
    expect(`${target}${settings}`).toContain(`[${name}]`);
  }
  expect(target).toContain('--base-url');
  expect(settings).toContain('--vus');
});

it('lists every command in the help of the tool, at 80 columns too', async () => {
  for (const columns of [80, 100]) {
    const { printed } = await callProgram(['--help'], { columns });
    for (const { name } of COMMANDS) expect(printed).toMatch(new RegExp(`^ {2}${name}( |$)`, 'm'));
    for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

it('is as wide as the terminal, and never wider than 100 columns', async () => {
  expect(await helpOf('run', 250)).toBe(await helpOf('run', 100));
  expect(await helpOf('run')).toBe(await helpOf('run', 100));
});
