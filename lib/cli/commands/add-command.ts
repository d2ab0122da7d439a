import { type Command as Commander, Option } from 'commander';
import type { Call, Command, CommandGroup } from './command.ts';
import { helpAfter } from './help.ts';
import type { CommandOption, Given } from './option.ts';

/** Told which work the arguments ask for; commander itself runs nothing. */
export type Choose = (work: () => Promise<number>) => void;

/** Makes commander know a command, or several under one name. */
export function addCommand(parent: Commander, command: Command | CommandGroup, call: Call, choose: Choose): void {
  const added = parent.command(command.name).description(command.description);
  if (command.heading !== undefined) added.helpGroup(command.heading);
  added.addHelpText('after', () => helpAfter(added, command));
  if ('commands' in command) {
    for (const each of command.commands) addCommand(added, each, call, choose);
    return;
  }
  for (const { syntax, description } of command.arguments) added.argument(syntax, description);
  if (command.takesK6Arguments) added.usage(usageOf(command));
  const options = new Map(command.options.map((option) => [option, commanderOption(option)]));
  for (const option of options.values()) added.addOption(option);
  added.action((...args: unknown[]) => {
    const values = added.opts<Record<string, Given>>();
    const given = (option: CommandOption<unknown>) => values[options.get(option)?.attributeName() ?? ''];
    choose(() => command.run(args, given, call));
  });
}

function usageOf({ arguments: ofCommand }: Command): string {
  return [...ofCommand.map(({ syntax }) => syntax), '[options]', '[-- k6 options]'].join(' ');
}

function commanderOption({
  flags,
  description,
  heading,
  choices,
  preset,
  isRequired,
  isRepeated,
}: CommandOption<unknown>) {
  const option = new Option(flags, description);
  if (heading !== undefined) option.helpGroup(heading);
  if (choices !== undefined) option.choices(choices);
  if (preset !== undefined) option.default(preset);
  if (isRequired) option.makeOptionMandatory();
  // Where commander does not collect the values itself: `--env a --env b`, not `--runs a b`.
  if (isRepeated && !option.variadic)
    option.argParser((value: string, previous: readonly string[] = []) => [...previous, value]);
  return option;
}
