import { expect, it } from 'vitest';
import { COMMANDS } from '../program.ts';
import type { Call, Command } from './command.ts';

const commands: readonly (readonly [string, Command])[] = COMMANDS.flatMap((each) =>
  'commands' in each
    ? each.commands.map((one) => [`${each.name} ${one.name}`, one] as const)
    : [[each.name, each] as const],
);

const call: Call = {
  terminal: { print: () => {}, say: () => {}, annotate: () => {}, hasColour: false },
  environment: {},
  // Whatever got so far would be found out: there is no project.
  workingFolder: '/nowhere',
  k6Arguments: [],
};

const ofValues = commands.flatMap(([name, command]) =>
  command.options
    .filter(({ flags }) => /[<[]/.test(flags))
    .map((option) => [`${name} ${option.flags}`, command, option] as const),
);

it('there are options that take a value', () => expect(ofValues.length).toBeGreaterThan(60));

it.each(ofValues)('%s is refused where it is empty', async (_, command, option) => {
  const empty = option.isRepeated === true ? ['x', ' '] : '';
  const args = command.arguments.map(({ syntax }) => (syntax.includes('...') ? ['x'] : 'x'));
  const ran = command.run(args, (each) => (each === option ? empty : undefined), call);
  await expect(ran).rejects.toThrow(/^--[a-z0-9-]+ is empty\.\n/);
});

const ofArguments = commands.flatMap(([name, command]) =>
  command.arguments.map(({ syntax }, place) => [`${name} ${syntax}`, command, place] as const),
);

it.each(ofArguments)('%s is refused where it is empty', async (_, command, place) => {
  const args = command.arguments.map(({ syntax }, i) => {
    const value = i === place ? '' : 'x';
    return syntax.includes('...') ? [value] : value;
  });
  await expect(command.run(args, () => undefined, call)).rejects.toThrow(/^An argument is empty: [<[]/);
});
