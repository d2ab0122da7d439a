import { UserError } from '../../core/spec/errors.ts';
import type { Terminal } from '../../results/terminal.ts';
import { type CommandOption, type Given, listOptions, type Options, readOptions, type ValuesOf } from './option.ts';

/** How a command was called, besides its own arguments. */
export interface Call {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  /** What followed `--`. */
  readonly k6Arguments: readonly string[];
}

/** One argument of a command, or all that follow: `<scenario>`, `[runs...]`. */
export interface CommandArgument<T> {
  readonly syntax: string;
  readonly description: string;
  readonly read: (given: unknown) => T;
}

type Arguments = { readonly [name: string]: CommandArgument<unknown> };

type ArgumentValues<A> = { readonly [Name in keyof A]: A[Name] extends CommandArgument<infer T> ? T : never };

export type ExitCodes = readonly (readonly [code: string, meaning: string])[];

interface Described {
  readonly name: string;
  readonly description: string;
  /** Above the commands of its kind in the help. */
  readonly heading?: string;
  /** A call without the name of the tool, and what it does. */
  readonly examples: readonly (readonly [call: string, effect: string])[];
}

/** A command as its file describes it: all that is said of it, and what it does. */
export interface CommandDescription<A extends Arguments, O extends Options> extends Described {
  readonly arguments?: A;
  readonly options?: O;
  /** Whether what follows `--` goes to k6. */
  readonly takesK6Arguments?: true;
  /** What its help says besides. */
  readonly notes?: readonly string[];
  readonly exitCodes: ExitCodes;
  /**
   * Imports the work when it is called: the help, and mistakes in an option, wait for nothing.
   * @returns the exit code
   */
  readonly run: (request: ArgumentValues<A> & ValuesOf<O>, call: Call) => Promise<number>;
}

/** A command, ready to be listed. */
export interface Command extends Described {
  readonly arguments: readonly CommandArgument<unknown>[];
  readonly options: readonly CommandOption<unknown>[];
  readonly takesK6Arguments: boolean;
  readonly notes: readonly string[];
  readonly exitCodes: ExitCodes;
  readonly run: (
    args: readonly unknown[],
    given: (option: CommandOption<unknown>) => Given,
    call: Call,
  ) => Promise<number>;
}

/** Several commands under one name, such as `baseline`. */
export interface CommandGroup extends Described {
  readonly commands: readonly Command[];
}

/** None at all. */
type Nothing = Readonly<Record<never, never>>;

export function defineCommand<const A extends Arguments = Nothing, const O extends Options = Nothing>(
  description: CommandDescription<A, O>,
): Command {
  const { arguments: ofArguments, options, takesK6Arguments = false, notes = [], run, ...rest } = description;
  const named = Object.entries<CommandArgument<unknown>>(ofArguments ?? {});
  return {
    ...rest,
    arguments: named.map(([, argument]) => argument),
    options: listOptions(options ?? {}),
    takesK6Arguments,
    notes,
    run: async (args, given, call) => {
      const values = Object.fromEntries(
        named.map(([name, argument], i) => [name, argument.read(notEmpty(argument, args[i]))]),
      ) as ArgumentValues<A>;
      return run({ ...values, ...readOptions((options ?? {}) as O, given) }, call);
    },
  };
}

/** An empty argument is a variable that someone forgot to set, and would be taken for the current folder. */
function notEmpty({ syntax }: CommandArgument<unknown>, given: unknown): unknown {
  const values: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (!values.some((value) => typeof value === 'string' && value.trim() === '')) return given;
  throw new UserError({ what: `An argument is empty: ${syntax}.`, received: "''", expected: 'a name, or none at all' });
}

export function argument(syntax: string, description: string): CommandArgument<string> {
  return { syntax, description, read: String };
}

/** One that may be left out. */
export function optionalArgument(syntax: string, description: string): CommandArgument<string | undefined> {
  return { syntax, description, read: (given) => (given === undefined ? undefined : String(given)) };
}

/** All arguments that are left; none where they may be left out. */
export function argumentList(syntax: string, description: string): CommandArgument<readonly string[]> {
  return { syntax, description, read: (given) => (Array.isArray(given) ? given.map(String) : []) };
}
