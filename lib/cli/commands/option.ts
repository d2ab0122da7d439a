import { UserError } from '../../core/spec/errors.ts';
import type { Present } from '../../core/spec/present.ts';

/** What commander hands over for one option; undefined where it was not given. */
export type Given = string | boolean | readonly string[] | undefined;

/** One option of a command: how it is written, and the value that the command works with. */
export interface CommandOption<T> {
  /** As commander has them: `-e, --env <NAME=value>`. */
  readonly flags: string;
  readonly description: string;
  /** Above the options of its kind in the help. */
  readonly heading?: string;
  readonly choices?: readonly string[];
  /** What it is where it is not given, as it would be given. */
  readonly preset?: string;
  readonly isRequired?: true;
  /** Given several times it is a list. */
  readonly isRepeated?: true;
  /** @throws UserError for what it cannot mean */
  readonly read: (given: Given) => T;
}

/** The options of a command under the names that its work has for them, in groups where the work has groups. */
export type Options = { readonly [name: string]: CommandOption<unknown> | Options };

/** What the work of a command is handed for its options: in the same shape, and without what was not given. */
export type ValuesOf<O> = Present<{
  readonly [Name in keyof O]: O[Name] extends CommandOption<infer T> ? T : ValuesOf<O[Name]>;
}>;

/** A text, as it is given. */
export function text(flags: string, description: string): CommandOption<string | undefined> {
  return { flags, description, read: textOf };
}

export function requiredText(flags: string, description: string): CommandOption<string> {
  return { flags, description, isRequired: true, read: (given) => textOf(given) ?? '' };
}

/** True where it is given. */
export function flag(flags: string, description: string): CommandOption<boolean> {
  return { flags, description, read: (given) => given === true };
}

/** `--no-x`: false where it is given. */
export function unless(flags: string, description: string): CommandOption<boolean> {
  return { flags, description, read: (given) => given !== false };
}

/** A value that is read out of a text. @param parse throws UserError for a text that is none */
export function parsed<T>(
  flags: string,
  description: string,
  parse: (text: string) => T,
): CommandOption<T | undefined> {
  return {
    flags,
    description,
    read: (given) => {
      const value = textOf(given);
      return value === undefined ? undefined : parse(value);
    },
  };
}

/** A value that there always is. @param preset what is parsed where the option is not given */
export function parsedOr<T>(
  flags: string,
  description: string,
  preset: string,
  parse: (text: string) => T,
): CommandOption<T> {
  return { flags, description, preset, read: (given) => parse(textOf(given) ?? preset) };
}

/** One of a few names. */
export function choice<const Name extends string>(
  flags: string,
  description: string,
  choices: readonly Name[],
  preset: NoInfer<Name>,
): CommandOption<Name> {
  return {
    flags,
    description,
    choices,
    preset,
    read: (given) => choices.find((name) => name === given) ?? preset,
  };
}

/** `--runs <runs...>`, or an option that may be repeated. */
export function texts(flags: string, description: string): CommandOption<readonly string[]> {
  return { flags, description, isRepeated: true, read: textsOf };
}

export function requiredTexts(flags: string, description: string): CommandOption<readonly string[]> {
  return { ...texts(flags, description), isRequired: true };
}

/** Puts options under a heading of the help, those excepted that have one already. */
export function under<O extends Options>(heading: string, options: O): O {
  const headed = Object.entries(options).map(([name, option]) => [
    name,
    isOption(option) ? { heading, ...option } : under(heading, option),
  ]);
  return Object.fromEntries(headed) as O;
}

/** One after another, out of their groups. */
export function listOptions(options: Options): CommandOption<unknown>[] {
  return Object.values(options).flatMap((option) => (isOption(option) ? [option] : listOptions(option)));
}

/** The values in the shape of the options. @throws UserError for what cannot be read */
export function readOptions<O extends Options>(
  options: O,
  given: (option: CommandOption<unknown>) => Given,
): ValuesOf<O> {
  const values = Object.entries(options).flatMap(([name, option]) => {
    const value = isOption(option) ? option.read(notEmpty(option, given(option))) : readOptions(option, given);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(values) as ValuesOf<O>;
}

/** An empty value is a variable that someone forgot to set: a folder of that name would be the current one. */
function notEmpty({ flags }: CommandOption<unknown>, given: Given): Given {
  const values = typeof given === 'object' ? given : [given];
  if (!values.some((value) => typeof value === 'string' && value.trim() === '')) return given;
  const written = flags.replace(/^-\w, /, '');
  const [name] = written.split(' ');
  throw new UserError({
    what: `${name} is empty.`,
    received: `${name} ''`,
    expected: `${written}, or the flag left out`,
  });
}

function isOption(option: CommandOption<unknown> | Options): option is CommandOption<unknown> {
  return typeof option.read === 'function';
}

function textOf(given: Given): string | undefined {
  return typeof given === 'string' ? given : undefined;
}

function textsOf(given: Given): readonly string[] {
  return Array.isArray(given) ? given : [];
}
