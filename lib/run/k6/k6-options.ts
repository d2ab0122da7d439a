/** How an option of `k6 run` is written. */
interface AllowedOption {
  /** Its letter: `-o` of `--out`. */
  readonly letter?: string;
  /** Whether it stands alone; all others take a value. */
  readonly isSwitch?: true;
}

/**
 * The options of `k6 run` that its user may set beside a scenario of ours, by their long names. They say how requests
 * are sent, where k6's samples go besides, and how k6 talks. An option that is not here is refused, those of a future
 * k6 too: it could take the load away, and the verdict would not know.
 */
export const ALLOWED_OPTIONS: Readonly<Record<string, AllowedOption>> = {
  batch: {},
  'batch-per-host': {},
  'discard-response-bodies': { isSwitch: true },
  dns: {},
  'insecure-skip-tls-verify': { isSwitch: true },
  'local-ips': {},
  'no-color': { isSwitch: true },
  'no-connection-reuse': { isSwitch: true },
  'no-usage-report': { isSwitch: true },
  'no-vu-connection-reuse': { isSwitch: true },
  out: { letter: 'o' },
  'secret-source': {},
  'summary-export': {},
  'summary-time-unit': {},
  tag: {},
  'traces-output': {},
  'user-agent': {},
  verbose: { letter: 'v', isSwitch: true },
};

const LOAD = 'it changes or takes away the load that the scenario plans';
const THRESHOLDS = 'it changes the thresholds by which the run is judged';
const FIGURES = 'it changes what the summary counts, and so the verdict';
const HOSTS = 'it changes where requests go, past the check of the target';
const SCRIPT = 'it changes what k6 runs, or what the script is told';
const PROGRESS = 'the tool reads the progress of k6, which alone says how many iterations were interrupted';
const LOG = 'the tool reads what k6 logs';
const CONTROL = 'whoever reaches that server can pause or end the load';
const SECRETS = 'it writes requests with all their headers into the log of the run, and with them credentials';

/**
 * Why an option is refused, by its long name, or by what k6 calls it in its environment or its configuration file.
 * The names are those of k6 2.0 to 2.3.
 */
const REFUSED_OPTIONS: Readonly<Record<string, string>> = {
  vus: LOAD,
  duration: LOAD,
  iterations: LOAD,
  stage: LOAD,
  stages: LOAD,
  scenarios: LOAD,
  scenario: LOAD,
  once: LOAD,
  rps: LOAD,
  'execution-segment': LOAD,
  'execution-segment-sequence': LOAD,
  'instance-scenarios': LOAD,
  paused: LOAD,
  'min-iteration-duration': LOAD,
  'exit-on-running': LOAD,
  'no-setup': SCRIPT,
  'no-teardown': SCRIPT,
  'setup-timeout': SCRIPT,
  'teardown-timeout': SCRIPT,
  'handle-summary-timeout': FIGURES,
  'no-thresholds': THRESHOLDS,
  thresholds: THRESHOLDS,
  'no-summary': FIGURES,
  'summary-mode': FIGURES,
  'summary-trend-stats': FIGURES,
  'new-machine-readable-summary': FIGURES,
  'system-tags': FIGURES,
  'max-redirects': FIGURES,
  throw: FIGURES,
  'block-hostnames': HOSTS,
  'blacklist-ip': HOSTS,
  'blacklist-ips': HOSTS,
  hosts: HOSTS,
  config: SCRIPT,
  'include-system-env-vars': SCRIPT,
  'compatibility-mode': SCRIPT,
  type: SCRIPT,
  features: SCRIPT,
  linger: 'k6 would not end with its load',
  help: 'k6 would not send its load',
  version: 'k6 would not send its load',
  quiet: PROGRESS,
  'log-output': LOG,
  'log-format': LOG,
  'console-output': LOG,
  address: CONTROL,
  'profiling-enabled': CONTROL,
  'http-debug': SECRETS,
};

/** Letters of options that are refused: with a word on the option, not on the letter. */
const REFUSED_LETTERS: Readonly<Record<string, string>> = {
  u: 'vus',
  d: 'duration',
  i: 'iterations',
  s: 'stage',
  p: 'paused',
  c: 'config',
  w: 'throw',
  t: 'type',
  l: 'linger',
  a: 'address',
  h: 'help',
  q: 'quiet',
  e: 'env',
};

/** Variables that are no option of `k6 run`, but of its outputs, its browser, its sources of secrets and its builds. */
const ALLOWED_VARIABLES =
  /^K6_(AUTO_EXTENSION_RESOLUTION|BIN|BINARY_\w+|BROWSER_\w+|BUILD_SERVICE_\w+|CLOUD\w*|CSV_\w+|DEPENDENCIES_MANIFEST|DOWNLOAD_\w+|INFLUXDB_\w+|METRIC_SAMPLES_BUFFER_SIZE|NO_COOKIES_RESET|OTEL_\w+|PROMETHEUS_\w+|PROVISION_\w+|SECRET_SOURCE_\w+|STATSD_\w+|TAGS|TLSAUTH|TLS_\w+|USAGE_REPORT_URL|VERDICT_\w+|WEB_DASHBOARD\w*)$/;

/** Keys of k6's configuration file that are no option of `k6 run`. */
const ALLOWED_KEYS = ['collectors', 'ext', 'cloud', 'metricSamplesBufferSize', 'noCookiesReset', 'tags', 'tlsAuth'];
const TLS_KEYS = ['tlsCipherSuites', 'tlsVersion'];

/** Why an option is refused; undefined for one that nobody knows. */
export function reasonAgainst(option: string): string | undefined {
  return Object.hasOwn(REFUSED_OPTIONS, option) ? REFUSED_OPTIONS[option] : undefined;
}

/** What a variable of the environment is to k6. */
export type VariableKind = 'allowed' | 'refused' | 'unknown';

/** @param name of a variable that begins with K6_ */
export function kindOfVariable(name: string): VariableKind {
  const option = optionOfVariable(name);
  if (reasonAgainst(option) !== undefined) return 'refused';
  return Object.hasOwn(ALLOWED_OPTIONS, option) || ALLOWED_VARIABLES.test(name) ? 'allowed' : 'unknown';
}

/** `K6_NO_SETUP` is `no-setup`. */
export function optionOfVariable(name: string): string {
  return name.replace('K6_', '').toLowerCase().replaceAll('_', '-');
}

/** k6's configuration keys are camel case, with acronyms (`noVUConnectionReuse`), and Go reads them in any case. */
export function isAllowedKey(key: string): boolean {
  const options = Object.keys(ALLOWED_OPTIONS).map((option) => option.replaceAll('-', ''));
  return [...options, ...[...ALLOWED_KEYS, ...TLS_KEYS].map((each) => each.toLowerCase())].includes(key.toLowerCase());
}

/** One option among the arguments, as pflag reads them. */
export type GivenOption =
  | { readonly kind: 'allowed'; readonly option: string; readonly value?: string }
  /** `written` is how it was given, without its value. */
  | { readonly kind: 'refused'; readonly option: string; readonly written: string }
  | { readonly kind: 'no value'; readonly written: string }
  | { readonly kind: 'no option' };

/**
 * Reads arguments of `k6 run` as k6 does (pflag). What follows a refusal is not read: without its meaning nobody knows
 * which of the next arguments is its value.
 */
export function readOptions(args: readonly string[]): GivenOption[] {
  const found: GivenOption[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const argument = args[i] ?? '';
    const next = args[i + 1];
    const read = argument.startsWith('--') ? readLong(argument, next) : readLetters(argument, next);
    found.push(...read.options);
    if (read.options.some(({ kind }) => kind !== 'allowed')) return found;
    if (read.tookNext) i += 1;
  }
  return found;
}

/** The value that k6 takes of an option that was given: the last one. */
export function lastValueOf(option: string, args: readonly string[]): string | undefined {
  return readOptions(args)
    .flatMap((given) => (given.kind === 'allowed' && given.option === option ? (given.value ?? []) : []))
    .at(-1);
}

interface Read {
  readonly options: readonly GivenOption[];
  readonly tookNext: boolean;
}

function readLong(argument: string, next: string | undefined): Read {
  const [, option, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
  if (option === undefined) return { options: [{ kind: 'no option' }], tookNext: false };
  return readValue(option, `--${option}`, value, next);
}

/** pflag takes short switches together: -vo csv is -v -o csv. */
function readLetters(argument: string, next: string | undefined): Read {
  if (!/^-[^-]/.test(argument)) return { options: [{ kind: 'no option' }], tookNext: false };
  const options: GivenOption[] = [];
  for (let i = 1; i < argument.length; i += 1) {
    const letter = argument[i] ?? '';
    const rest = argument.slice(i + 1);
    const option = optionOfLetter(letter);
    const isSwitch = ALLOWED_OPTIONS[option]?.isSwitch === true && !rest.startsWith('=');
    const read = readValue(option, `-${letter}`, isSwitch || rest === '' ? undefined : rest.replace(/^=/, ''), next);
    options.push(...read.options);
    if (!isSwitch) return { options, tookNext: read.tookNext };
  }
  return { options, tookNext: false };
}

function optionOfLetter(letter: string): string {
  const own = Object.entries(ALLOWED_OPTIONS).find(([, allowed]) => allowed.letter === letter);
  return own?.[0] ?? REFUSED_LETTERS[letter] ?? letter;
}

function readValue(option: string, written: string, value: string | undefined, next: string | undefined): Read {
  const allowed = Object.hasOwn(ALLOWED_OPTIONS, option) ? ALLOWED_OPTIONS[option] : undefined;
  if (allowed === undefined) return { options: [{ kind: 'refused', option, written }], tookNext: false };
  if (allowed.isSwitch === true || value !== undefined) {
    return { options: [{ kind: 'allowed', option, ...(value !== undefined && { value }) }], tookNext: false };
  }
  // k6 would take the file of the scenario for its value.
  if (next === undefined) return { options: [{ kind: 'no value', written }], tookNext: false };
  return { options: [{ kind: 'allowed', option, value: next }], tookNext: true };
}
