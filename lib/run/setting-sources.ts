import { parseEnv } from 'node:util';
import { UserError } from '../core/spec/errors.ts';
import { SETTINGS, type SettingName } from '../core/spec/settings.ts';
import { kindOfText } from '../core/spec/shown.ts';
import { readText } from '../files/read-text.ts';

/** Where settings can come from, each as variables by name. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  /** `-e NAME=value`, in order. */
  readonly assignments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile?: string;
  /** What the environment says that was chosen by its name. */
  readonly declared?: Readonly<Record<string, string>>;
}

/**
 * The variables a scenario sees: a flag beats `-e`, which beats the environment, which beats `--env-file`, which beats
 * what package.json declares. Settings that come from nowhere are there too, empty, so that what k6 sees is decided here
 * alone.
 * @throws UserError for an assignment or a file that cannot be read
 */
export function scenarioVariables({
  flags,
  assignments,
  environment,
  envFile,
  declared = {},
}: SettingSources): Record<string, string> {
  const fromFile = over(declared, readEnvFile(envFile, 'file of --env-file'));
  const assigned = Object.fromEntries(assignments.map(parseAssignment));
  const variables: Record<string, string> = { ...fromFile, ...assigned };
  for (const name of Object.keys(fromFile))
    variables[name] = assigned[name] ?? nonEmpty(environment[name]) ?? fromFile[name] ?? '';
  for (const { name } of SETTINGS) {
    variables[name] = flags[name] ?? assigned[name] ?? nonEmpty(environment[name]) ?? fromFile[name] ?? '';
  }
  return variables;
}

/** Where BASE_URL comes from, for messages. */
export function sourceOfBaseUrl({ declared }: SettingSources, { BASE_URL }: Readonly<Record<string, string>>): string {
  const isDeclared = BASE_URL !== undefined && declared?.BASE_URL === BASE_URL;
  return isDeclared ? 'BASE_URL of --environment' : 'BASE_URL';
}

/** Variables, and others that beat them: an empty one beats nothing. */
export function over(
  beaten: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const said = Object.entries(variables).filter(([name, value]) => value !== '' || !Object.hasOwn(beaten, name));
  return { ...beaten, ...Object.fromEntries(said) };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function parseAssignment(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined || value.includes('\0')) {
    throw new UserError({
      what: 'This is no variable for the scenario.',
      received: nameIn(text),
      expected: '-e NAME=value',
    });
  }
  return [name, value];
}

/** A text without `=` may be a value alone. */
function nameIn(text: string): string {
  const [, name] = /^([A-Za-z_]\w*)=/.exec(text) ?? [];
  if (name !== undefined) return `${name} with a value that holds a zero byte`;
  return text.includes('=') ? '-e with a name that no variable can have' : `-e with ${kindOfText(text)} and no =`;
}

/** @param file none where none was named @param named what it was named as: `file of --env-file` @throws UserError for one that is no list of variables */
export function readEnvFile(file: string | undefined, named: string): Record<string, string> {
  if (file === undefined) return {};
  const text = readText(file, {
    what: `The ${named} cannot be read.`,
    expected: 'a text file of NAME=value lines',
    mostBytes: 1024 * 1024,
  });
  const lines = text.split(/\r?\n/);
  const junk = lines.find((line) => !/^\s*(#.*|(export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=.*)?$/.test(line));
  if (text.includes('\0') || (junk !== undefined && !/["'`]/.test(text))) {
    throw new UserError({
      what: `The ${named} is not a list of variables.`,
      received: text.includes('\0')
        ? `${file}, a binary file`
        : `${file}: line ${lines.indexOf(junk ?? '') + 1} is none`,
      expected: 'lines of NAME=value',
    });
  }
  return parseEnv(text) as Record<string, string>;
}
