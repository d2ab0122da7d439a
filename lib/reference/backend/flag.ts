import { type Command, Option } from 'commander';

/** One flag as people meet it, and its value in a command line that was read. */
export interface Flag<Value> {
  readonly option: Option;
  readonly valueIn: (command: Command) => Value;
}

/** @param earlier what the same flag gave before, where it is given several times */
export type ReadFlag<Value> = (text: string, flag: string, earlier?: Value) => Value;

/**
 * commander hands each value to a parser that knows neither its flag nor, when it fails, how we report mistakes.
 * @param otherwise the value where the flag is not given
 */
export function flag<Value>(flags: string, description: string, read: ReadFlag<Value>, otherwise: Value): Flag<Value>;
export function flag<Value>(flags: string, description: string, read: ReadFlag<Value>): Flag<Value | undefined>;
export function flag<Value>(flags: string, description: string, read: ReadFlag<Value>, otherwise?: Value) {
  const name = flags.split(' ', 1)[0] ?? flags;
  const option = new Option(flags, description).argParser((text, earlier: Value | undefined) =>
    read(text, name, earlier),
  );
  return flagOf<Value | undefined>(otherwise === undefined ? option : option.default(otherwise));
}

/** `--no-something`: true where it is not given. */
export function switchOff(flags: `--no-${string}`, description: string): Flag<boolean> {
  return flagOf(new Option(flags, description));
}

function flagOf<Value>(option: Option): Flag<Value> {
  return { option, valueIn: (command) => command.getOptionValue(option.attributeName()) as Value };
}
