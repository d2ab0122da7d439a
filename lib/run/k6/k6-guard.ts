import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../core/spec/errors.ts';
import { SETTINGS } from '../../core/spec/settings.ts';

/**
 * k6 options that replace the scenario's load, switch its thresholds off or change what its summary counts. From
 * outside they would decide the verdict without a trace in the report.
 */
const RESERVED_OPTIONS = [
  'vus',
  'duration',
  'iterations',
  'stage',
  'stages',
  'scenarios',
  'rps',
  'execution-segment',
  'execution-segment-sequence',
  'instance-scenarios',
  'paused',
  'min-iteration-duration',
  'no-setup',
  'no-teardown',
  'setup-timeout',
  'teardown-timeout',
  'handle-summary-timeout',
  'no-thresholds',
  'thresholds',
  'no-summary',
  'summary-mode',
  'summary-trend-stats',
  'new-machine-readable-summary',
  'system-tags',
  'max-redirects',
  'throw',
  'block-hostnames',
  'blacklist-ip',
  'blacklist-ips',
  'hosts',
  'config',
  'include-system-env-vars',
  'compatibility-mode',
  'type',
  'features',
  'linger',
  'log-output',
  'console-output',
] as const;

const SHORT_FORMS: Readonly<Record<string, string>> = {
  u: 'vus',
  d: 'duration',
  i: 'iterations',
  s: 'stage',
  p: 'paused',
  c: 'config',
  w: 'throw',
  t: 'type',
  l: 'linger',
  e: 'env',
};

const INSTEAD: Readonly<Record<string, string>> = { vus: 'VUS', duration: 'DURATION', rps: 'RATE' };

/** Refuses variables that k6 would read from the environment behind our back. @throws UserError that names each */
export function refuseInheritedOptions(environment: Readonly<Record<string, string | undefined>>): void {
  const reserved = new Set<string>(RESERVED_OPTIONS.map(environmentName));
  const found = Object.keys(environment)
    .filter((name) => reserved.has(name) && environment[name] !== '')
    .sort();
  if (found.length === 0) return;
  throw new UserError({
    what: `k6 would read ${found.join(', ')} from the environment, which changes the load, the thresholds or the summary of this run.`,
    received: found.map((name) => `${name}=${environment[name]}`).join(' '),
    expected: 'an environment without them',
    todo: `unset ${found.join(' ')}${adviceFor(found.map(optionName))}`,
  });
}

/** Refuses the same among the arguments that go to k6 unchanged. @throws UserError that names the first */
export function refuseReservedArguments(args: readonly string[]): void {
  for (const [i, argument] of args.entries()) {
    // pflag takes short switches together: -qu 5 is -q -u 5.
    const name = /^--([^=]+)/.exec(argument)?.[1] ?? SHORT_FORMS[/^-[qvh]*([A-Za-z])/.exec(argument)?.[1] ?? ''];
    if (name !== undefined && (RESERVED_OPTIONS as readonly string[]).includes(name)) {
      throw new UserError({
        what: `k6's ${argument.split('=')[0]} changes the load, the thresholds or the summary of this run.`,
        received: `-- ${args.join(' ')}`,
        expected: 'k6 options such as --out, --tag or --local-ips',
        todo: `leave it out${adviceFor([name])}`,
      });
    }
    if (name === 'env') throw variableForK6(args.slice(i, i + 2));
  }
}

/** `-e` belongs before the `--`, where its value is checked before the run. */
function variableForK6(args: readonly string[]): UserError {
  return new UserError({
    what: 'Variables of the scenario are not for k6 alone: they are checked first.',
    received: `-- ${args.join(' ')}`,
    expected: '-e NAME=value before the second --',
  });
}

/** Refuses a k6 configuration file with such options. @throws UserError that names the file and the options */
export function refuseConfigFile(environment: Readonly<Record<string, string | undefined>>): void {
  const file = path.join(configFolder(environment), 'k6', 'config.json');
  if (!existsSync(file)) return;
  const found = configuredOptions(file).filter(isReservedKey);
  if (found.length === 0) return;
  throw new UserError({
    what: 'A k6 configuration file changes the load, the thresholds or the summary of every run.',
    received: `${file} sets ${found.join(', ')}`,
    expected: 'a configuration file without them',
    todo: 'move the file away, or take them out of it',
  });
}

/** Where k6 looks, as Go's os.UserConfigDir() does. */
function configFolder(environment: Readonly<Record<string, string | undefined>>): string {
  if (process.platform === 'win32') return environment.APPDATA ?? '';
  if (process.platform === 'darwin')
    return path.join(environment.HOME || os.homedir(), 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME || path.join(environment.HOME || os.homedir(), '.config');
}

function configuredOptions(file: string): string[] {
  try {
    return Object.entries(JSON.parse(readFileSync(file, 'utf8')) as object)
      .filter(([, value]) => value !== null)
      .map(([key]) => key);
  } catch (error) {
    throw new UserError({
      what: 'The k6 configuration file cannot be read.',
      received: `${file}: ${(error as Error).message}`,
      expected: 'JSON, or no such file',
    });
  }
}

function adviceFor(options: readonly string[]): string {
  const instead = options.flatMap((option) => INSTEAD[option] ?? []);
  const settings = SETTINGS.filter(({ name }) => instead.includes(name));
  return settings.length === 0
    ? ''
    : `, and use ${settings.map(({ name, flag }) => `${name} (${flag})`).join(', ')} instead`;
}

function environmentName(option: string): string {
  return `K6_${option.toUpperCase().replaceAll('-', '_')}`;
}

function optionName(environmentVariable: string): string {
  return environmentVariable.replace('K6_', '').toLowerCase().replaceAll('_', '-');
}

/** k6's configuration keys are camel case, with acronyms (`noVUConnectionReuse`), and Go reads them in any case. */
function isReservedKey(key: string): boolean {
  return RESERVED_OPTIONS.some((option) => option.replaceAll('-', '') === key.toLowerCase());
}
