import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UserError } from '../core/spec/errors.ts';
import { SETTINGS, type SettingName } from '../core/spec/settings.ts';

/** Where settings can come from, each as variables by name. */
export interface SettingSources {
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  /** `-e NAME=value`, in order. */
  readonly assignments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile?: string;
}

/**
 * The variables a scenario sees: a flag beats `-e`, which beats the environment, which beats `--env-file`. Settings
 * that come from nowhere are there too, empty, so that what k6 sees is decided here alone.
 * @throws UserError for an assignment or a file that cannot be read
 */
export function scenarioVariables({
  flags,
  assignments,
  environment,
  envFile,
}: SettingSources): Record<string, string> {
  refuseEmptyFlags(flags);
  const fromFile = envFile !== undefined ? readEnvFile(envFile) : {};
  const assigned = Object.fromEntries(assignments.map(parseAssignment));
  const variables: Record<string, string> = { ...fromFile, ...assigned };
  for (const name of Object.keys(fromFile))
    variables[name] = assigned[name] ?? nonEmpty(environment[name]) ?? fromFile[name] ?? '';
  for (const { name } of SETTINGS) {
    variables[name] = flags[name] ?? assigned[name] ?? nonEmpty(environment[name]) ?? fromFile[name] ?? '';
  }
  return variables;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function parseAssignment(text: string): readonly [name: string, value: string] {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined || value.includes('\0')) {
    throw new UserError({
      what: 'This is no variable for the scenario.',
      received: `-e ${text}`,
      expected: '-e NAME=value',
    });
  }
  return [name, value];
}

/** An empty flag is a variable that someone forgot to set: taken for the default, it would load another target. */
function refuseEmptyFlags(flags: SettingSources['flags']): void {
  const empty = SETTINGS.find(({ name }) => flags[name]?.trim() === '');
  if (empty === undefined) return;
  throw new UserError({
    what: `${empty.flag} is empty.`,
    received: `${empty.flag} ''`,
    expected: `${empty.flag} ${empty.argument}, or the flag left out`,
  });
}

function readEnvFile(file: string): Record<string, string> {
  const text = readText(file);
  const junk = text.split(/\r?\n/).find((line) => !/^\s*(#.*|(export\s+)?[A-Za-z_][A-Za-z0-9_.]*\s*=.*)?$/.test(line));
  if (text.includes('\0') || (junk !== undefined && !/["'`]/.test(text))) {
    throw new UserError({
      what: 'The file of --env-file is not a list of variables.',
      received: text.includes('\0') ? `${file}, a binary file` : `${file}: ${JSON.stringify(junk?.slice(0, 80))}`,
      expected: 'lines of NAME=value',
    });
  }
  return parseEnv(text) as Record<string, string>;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError({
      what: 'The file of --env-file cannot be read.',
      received: (error as Error).message,
      expected: 'a text file of NAME=value lines',
    });
  }
}
