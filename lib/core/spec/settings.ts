import { type BaseUrl, parseBaseUrl, parsePageUrl } from './base-url.ts';
import { UserError } from './errors.ts';
import { present } from './present.ts';
import { kindOfText } from './shown.ts';
import { parseDurationSeconds } from './units.ts';

/** What a run can be told, the same in every scenario. Absent means: as the scenario says. */
export interface Settings {
  /** Absent means the reference backend. */
  readonly baseUrl?: BaseUrl;
  readonly plan?: string;
  readonly users?: number;
  readonly ratePerSecond?: number;
  readonly durationSeconds?: number;
  readonly rampUpSeconds?: number;
  /** 0 leaves out the warm-up that a scenario has. */
  readonly warmUpSeconds?: number;
  readonly thinkTimeSeconds?: number;
  readonly requestTimeoutMs?: number;
  /** Where the target tells its metrics, in the Prometheus text format. */
  readonly metricsUrl?: BaseUrl;
  readonly release?: string;
  readonly allowedHosts: readonly string[];
}

/** One setting as people meet it: an environment variable, and a flag of `run`. */
export interface SettingDefinition {
  readonly name: string;
  readonly flag: string;
  readonly argument: string;
  readonly description: string;
}

/** Every setting, in the order of the help text. None starts with `K6_`: that prefix is k6's own. */
export const SETTINGS = [
  {
    name: 'BASE_URL',
    flag: '--base-url',
    argument: '<url>',
    description: 'the service under test (default: what package.json declares, else the reference backend)',
  },
  {
    name: 'PLAN',
    flag: '--plan',
    argument: '<name>',
    description: 'which plan of the scenario to run (default: its first)',
  },
  {
    name: 'VUS',
    flag: '--vus',
    argument: '<count>',
    description: 'virtual users: all of a closed model, at most so many in an open one',
  },
  { name: 'RATE', flag: '--rate', argument: '<per second>', description: 'requests per second of an open model' },
  {
    name: 'DURATION',
    flag: '--duration',
    argument: '<time>',
    description: 'how long the load lasts, such as 30s or 5m',
  },
  {
    name: 'RAMP_UP',
    flag: '--ramp-up',
    argument: '<time>',
    description: 'time in which the users arrive, before the duration',
  },
  {
    name: 'WARM_UP',
    flag: '--warm-up',
    argument: '<time>',
    description: 'the same load at its peak for so long before it, counted nowhere (default: none)',
  },
  {
    name: 'THINK_TIME',
    flag: '--think-time',
    argument: '<time>',
    description: 'pause of a user after each response, such as 1s or 0',
  },
  {
    name: 'REQUEST_TIMEOUT',
    flag: '--request-timeout',
    argument: '<time>',
    description: 'when a request is given up (default: 30s, or what its endpoint says)',
  },
  {
    name: 'METRICS_URL',
    flag: '--metrics-url',
    argument: '<url>',
    description: 'where the target tells its own metrics (Prometheus), for the scenario soak',
  },
  {
    name: 'RELEASE',
    flag: '--release',
    argument: '<name>',
    description: 'the release under test, for reports and comparisons',
  },
  {
    name: 'LOAD_ALLOW_HOSTS',
    flag: '--load-allow-hosts',
    argument: '<hosts>',
    description: 'hosts, separated by commas, that load may be sent to besides this machine',
  },
] as const satisfies readonly SettingDefinition[];

export type SettingName = (typeof SETTINGS)[number]['name'];

/** `THINK_TIME (--think-time)`: a setting may have come as either. */
export function bothNames(name: SettingName): string {
  return `${name} (--${name.toLowerCase().replaceAll('_', '-')})`;
}

/**
 * Reads the settings from wherever they come. An empty value is an absent one.
 * @throws UserError that names the setting, what was received and what was expected
 */
export function parseSettings(read: (name: SettingName) => string | undefined): Settings {
  const given = <T>(name: SettingName, parse: (text: string) => T): T | undefined => {
    const text = read(name)?.trim();
    return text === undefined || text === '' ? undefined : parse(text);
  };
  const seconds = (name: SettingName, least: 'above 0' | 'at least 0') =>
    given(name, (text) => parseSeconds(text, name, least));
  const timeoutSeconds = seconds('REQUEST_TIMEOUT', 'above 0');
  return present({
    baseUrl: given('BASE_URL', (text) => parseBaseUrl(text)),
    plan: given('PLAN', (text) => text),
    users: given('VUS', (text) => parseCount(text, 'VUS')),
    ratePerSecond: given('RATE', (text) => parseRate(text, 'RATE')),
    durationSeconds: given('DURATION', parseDuration),
    rampUpSeconds: seconds('RAMP_UP', 'at least 0'),
    warmUpSeconds: given('WARM_UP', parseWarmUp),
    thinkTimeSeconds: seconds('THINK_TIME', 'at least 0'),
    requestTimeoutMs: timeoutSeconds === undefined ? undefined : Math.round(timeoutSeconds * 1000),
    metricsUrl: given('METRICS_URL', (text) => parsePageUrl(text, 'METRICS_URL')),
    release: given('RELEASE', parseRelease),
    allowedHosts:
      given('LOAD_ALLOW_HOSTS', (text) =>
        text
          .split(',')
          .map((host) => host.trim())
          .filter((host) => host !== ''),
      ) ?? [],
  });
}

function parseSeconds(text: string, name: string, least: 'above 0' | 'at least 0'): number {
  const seconds = parseDurationSeconds(text, name);
  if (seconds === 0 && least === 'above 0') {
    throw new UserError({
      what: `${name} must be longer than nothing.`,
      received: kindOfText(text),
      expected: 'a duration above 0, such as 30s',
    });
  }
  return seconds;
}

function parseDuration(text: string): number {
  const seconds = parseSeconds(text, 'DURATION', 'above 0');
  if (seconds < 1) throw tooShortForK6('DURATION', text, 'at least 1s');
  return seconds;
}

function parseWarmUp(text: string): number {
  const seconds = parseSeconds(text, 'WARM_UP', 'at least 0');
  if (seconds > 0 && seconds < 1) throw tooShortForK6('WARM_UP', text, 'at least 1s, or 0 for no warm-up');
  return seconds;
}

/** k6 refuses scenarios of less than a second. */
function tooShortForK6(name: string, text: string, expected: string): UserError {
  return new UserError({ what: `${name} is too short for k6.`, received: kindOfText(text), expected });
}

/** k6 makes all of them before the load: more are a mistake, for which the memory of no machine is enough. */
export const MAX_USERS = 100_000;

function parseCount(text: string, name: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MAX_USERS) {
    throw new UserError({
      what: `${name} is not a number of users.`,
      received: kindOfText(text),
      expected: `a whole number from 1 to ${MAX_USERS}`,
    });
  }
  return count;
}

export const LEAST_RATE = 0.001;
export const MOST_RATE = 1_000_000;

function parseRate(text: string, name: string): number {
  const rate = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || rate < LEAST_RATE || rate > MOST_RATE) {
    throw new UserError({
      what: `${name} is not a rate.`,
      received: kindOfText(text),
      expected: `requests per second from ${LEAST_RATE} to ${MOST_RATE}, such as 50 or 0.5`,
    });
  }
  return rate;
}

function parseRelease(text: string): string {
  if (/[\n\r]/.test(text) || text.length > 200) {
    throw new UserError({
      what: 'RELEASE is not a name.',
      received: text.length > 200 ? 'more than 200 characters' : kindOfText(text),
      expected: 'one line of at most 200 characters, such as 1.4.2',
    });
  }
  return text;
}
