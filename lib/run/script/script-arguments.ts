import { UserError } from '../../core/spec/errors.ts';
import { isRecord, OWN_RECORD, outputsIn } from '../k6/output-names.ts';

/** One option among the arguments of `k6 run`, by its long name. */
export interface GivenArgument {
  readonly option: string;
  /** As it was given, without its value. */
  readonly written: string;
  readonly value?: string;
}

/** Options of `k6 run` that stand alone; all others take a value, the next argument where none is attached. */
const SWITCHES: ReadonlySet<string> = new Set([
  'discard-response-bodies',
  'exit-on-running',
  'help',
  'http-debug',
  'include-system-env-vars',
  'insecure-skip-tls-verify',
  'linger',
  'new-machine-readable-summary',
  'no-color',
  'no-connection-reuse',
  'no-setup',
  'no-summary',
  'no-teardown',
  'no-thresholds',
  'no-usage-report',
  'no-vu-connection-reuse',
  'once',
  'paused',
  'profiling-enabled',
  'quiet',
  'throw',
  'verbose',
  'version',
]);

const LETTERS: Readonly<Record<string, string>> = {
  a: 'address',
  c: 'config',
  d: 'duration',
  e: 'env',
  h: 'help',
  i: 'iterations',
  l: 'linger',
  o: 'out',
  p: 'paused',
  q: 'quiet',
  s: 'stage',
  t: 'type',
  u: 'vus',
  v: 'verbose',
  w: 'throw',
};

/** Why an option is refused: what it takes away is what the run is judged by. */
const REFUSED: Readonly<Record<string, string>> = {
  'no-thresholds': 'k6 would not judge the thresholds of the script',
  'no-summary': 'k6 would not call handleSummary()',
  'summary-mode': 'it changes what handleSummary() is given, or that it is called',
  paused: 'k6 would wait for somebody to let it go',
  linger: 'k6 would not end with its load',
};

/** Reads arguments of `k6 run` as k6 does (pflag): long names are whole, and letters may stand together. */
export function readArguments(args: readonly string[]): GivenArgument[] {
  const found: GivenArgument[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i] ?? '';
    if (argument === '--') break;
    const given = argument.startsWith('--') ? [readLong(argument)] : readLetters(argument);
    const last = given.at(-1);
    const takesNext = last !== undefined && last.value === undefined && !SWITCHES.has(last.option);
    const next = takesNext ? args[i + 1] : undefined;
    found.push(...given.slice(0, -1));
    if (last !== undefined) found.push(next === undefined ? last : { ...last, value: next });
    if (takesNext) i += 1;
  }
  return found;
}

function readLong(argument: string): GivenArgument {
  const [written = '', ...rest] = argument.split('=');
  const given = { option: written.slice('--'.length), written };
  return rest.length === 0 ? given : { ...given, value: rest.join('=') };
}

/** `-qu5` is `-q -u 5`. */
function readLetters(argument: string): GivenArgument[] {
  const found: GivenArgument[] = [];
  const letters = argument.startsWith('-') ? argument.slice(1) : '';
  for (const [i, letter] of [...letters].entries()) {
    const given = { option: LETTERS[letter] ?? letter, written: `-${letter}` };
    const rest = letters.slice(i + 1);
    if (rest === '') return [...found, given];
    if (rest.startsWith('=')) return [...found, { ...given, value: rest.slice(1) }];
    if (!SWITCHES.has(given.option)) return [...found, { ...given, value: rest }];
    found.push(given);
  }
  return found;
}

/** The values of an option, in order. */
export function valuesOf(option: string, args: readonly string[]): string[] {
  return readArguments(args).flatMap((given) => (given.option === option ? (given.value ?? []) : []));
}

/** Whatever says an option of k6 run: an argument, or a variable K6_* that is not empty. */
export function optionsGiven(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): GivenArgument[] {
  const ofEnvironment = Object.entries(environment).flatMap(([written, value]) =>
    written.startsWith('K6_') && value ? [{ option: optionOf(written), written, value }] : [],
  );
  return [...readArguments(args), ...ofEnvironment];
}

/**
 * Refuses the few options that would take away what a script is judged by. All others are the user's.
 * @param environment of k6, whose K6_* say the same
 * @throws UserError that names each of them, and never a value
 */
export function refuseScriptArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const refused = optionsGiven(args, environment)
    .map((given) => ({ written: given.written, reason: reasonAgainst(given) }))
    .filter(({ reason }) => reason !== undefined);
  if (refused.length === 0) return;
  const names = [...new Set(refused.map(({ written }) => written))].join(', ');
  const reasons = [...new Set(refused.map(({ reason }) => reason))].join('; ');
  throw new UserError({
    what: `k6 cannot be told ${names} when k6-verdict judges the script: ${reasons}.`,
    expected: 'any other option or K6_* of k6 run, such as --vus, --config or --out json=raw.json',
    todo: `leave out ${names}`,
  });
}

function reasonAgainst({ option, value }: Pick<GivenArgument, 'option' | 'value'>): string | undefined {
  if (option === 'out') return outputsIn(value).some(isRecord) ? OWN_RECORD : undefined;
  if (!Object.hasOwn(REFUSED, option) || isOff(value)) return undefined;
  return REFUSED[option];
}

/** `K6_NO_SUMMARY` is `no-summary`. */
function optionOf(variable: string): string {
  return variable.slice('K6_'.length).toLowerCase().replaceAll('_', '-');
}

/** As Go reads a switch. */
export function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(0|f|false)$/i.test(value);
}
