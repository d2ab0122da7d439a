import { statSync } from 'node:fs';
import { UserError } from '../../core/spec/errors.ts';
import { bothNames, SETTINGS } from '../../core/spec/settings.ts';
import { reasonOf } from '../../files/file-mistake.ts';
import { readJson } from '../../files/read-json.ts';
import { usualConfigFile } from './config-file.ts';
import {
  ALLOWED_OPTIONS,
  isAllowedKey,
  kindOfVariable,
  optionOfVariable,
  readOptions,
  reasonAgainst,
} from './k6-options.ts';
import { isRecord, OWN_RECORD, outputsIn } from './output-names.ts';

const INSTEAD: Readonly<Record<string, string>> = { vus: 'VUS', duration: 'DURATION', rps: 'RATE' };

/** Refuses variables that k6 would read from the environment behind our back. @throws UserError that names each */
export function refuseInheritedOptions(environment: Readonly<Record<string, string | undefined>>): void {
  const found = Object.keys(environment)
    .filter((name) => name.startsWith('K6_') && environment[name] !== '' && kindOfVariable(name) === 'refused')
    .sort();
  if (outputsIn(environment.K6_OUT).some(isRecord)) throw secondRecord('K6_OUT');
  if (found.length === 0) return;
  const options = found.map(optionOfVariable);
  throw new UserError({
    what: `k6 would read ${found.join(', ')} from the environment, which must not be set: ${reasonsAgainst(options)}.`,
    expected: 'no such variable in the environment, in -e and in the file of --env-file',
    todo: `unset ${found.join(' ')}${adviceFor(options)}`,
  });
}

/**
 * Refuses what is not allowed among the arguments that go to k6 unchanged.
 * @throws UserError that names the first, and never a value: it may be a secret
 */
export function refuseArguments(args: readonly string[]): void {
  for (const given of readOptions(args)) {
    if (given.kind === 'refused') throw given.option === 'env' ? variableForK6() : refusedOption(given);
    if (given.kind === 'no value') throw withoutValue(given.written);
    if (given.kind === 'no option') throw noOption();
    if (given.kind === 'allowed' && given.option === 'out' && isRecord(given.value ?? '')) throw secondRecord('--out');
  }
}

function refusedOption({ option, written }: { readonly option: string; readonly written: string }): UserError {
  const name = /^[\w-]+$/.test(option) ? written : 'an option';
  return new UserError({
    what: `k6's ${name} cannot be used with a scenario of the library: ${reasonsAgainst([option])}.`,
    expected: `k6 options such as --out, --tag or --local-ips (all: ${Object.keys(ALLOWED_OPTIONS).join(', ')})`,
    todo: `leave it out${adviceFor([option])}`,
  });
}

function withoutValue(written: string): UserError {
  return new UserError({
    what: `k6's ${written} has no value: k6 would take the file of the scenario for it.`,
    expected: `${written} with a value behind it`,
  });
}

function noOption(): UserError {
  return new UserError({
    what: 'What follows the second -- has an argument that is no option: k6 would take it for the script to run.',
    expected: 'options of k6 alone, each beginning with a dash',
  });
}

function secondRecord(written: string): UserError {
  return new UserError({
    what: `k6's ${written} cannot name the output verdict: ${OWN_RECORD}.`,
    expected: 'any other output of k6, such as json=raw.json',
    todo: 'leave it out',
  });
}

/** `-e` belongs before the `--`, where its value is checked before the run. */
function variableForK6(): UserError {
  return new UserError({
    what: 'Variables of the scenario are not for k6 alone: they are checked first.',
    received: '-e (--env) behind the second --',
    expected: '-e NAME=value before the second --',
  });
}

function reasonsAgainst(options: readonly string[]): string {
  const unknown = 'k6-verdict does not know it, and cannot tell whether it takes the load away';
  return [...new Set(options.map((option) => reasonAgainst(option) ?? unknown))].join('; ');
}

/**
 * Refuses a k6 configuration file with such options.
 * @throws UserError that names the file and the options, or why k6 could not even look for it: it would not start
 */
export function refuseConfigFile(environment: Readonly<Record<string, string | undefined>>): void {
  const file = usualConfigFile(environment);
  if (!isThere(file)) return;
  const found = configuredOptions(file).filter((key) => !isAllowedKey(key));
  if (found.length === 0) return;
  throw new UserError({
    what: 'A k6 configuration file sets options that could change the load, the thresholds or the summary of every run.',
    received: `${file} sets ${found.join(', ')}`,
    expected: 'a configuration file without them',
    todo: 'move the file away, or take them out of it',
  });
}

function isThere(file: string): boolean {
  try {
    statSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new UserError({
      what: 'k6 cannot look for its configuration file, and would not start.',
      received: `${file}: ${reasonOf(error)}`,
      expected: 'a file, or no such file in a folder',
      todo: 'correct HOME or XDG_CONFIG_HOME',
    });
  }
}

function configuredOptions(file: string): string[] {
  const options = readJson(file, {
    what: 'The k6 configuration file cannot be read.',
    expected: 'JSON, or no such file',
  });
  return Object.entries(options ?? {})
    .filter(([, value]) => value !== null)
    .map(([key]) => key);
}

function adviceFor(options: readonly string[]): string {
  const instead = options.flatMap((option) => INSTEAD[option] ?? []);
  const settings = SETTINGS.filter(({ name }) => instead.includes(name));
  return settings.length === 0 ? '' : `, and use ${settings.map(({ name }) => bothNames(name)).join(', ')} instead`;
}
