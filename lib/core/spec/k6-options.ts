/**
 * k6's options, beside the plan, that change the work: what is sent, over which connections, from where, and what of a
 * reply is read. Named as in k6's options; values are text, a number, or true for a switch that is on.
 */
export type K6Options = Readonly<Record<string, string | number | boolean>>;

/**
 * How one option is told: what it is where nobody says otherwise, in a test of ours and in a script of somebody else, and
 * what of it may be stored.
 */
interface WorkOption {
  readonly usual?: number | boolean;
  readonly usualOfScripts?: unknown;
  readonly told?: (value: unknown) => unknown;
}

/** What is not here changes no work (tags, names of outputs), or is part of the plan and stored with it. */
const WORK_OPTIONS: Readonly<Record<string, WorkOption>> = {
  noConnectionReuse: {},
  noVUConnectionReuse: {},
  insecureSkipTLSVerify: {},
  tlsVersion: {},
  tlsCipherSuites: {},
  // Certificates and their keys stay out of every file: for whom they are is enough.
  tlsAuth: { told: (value) => (Array.isArray(value) ? value.map(domainsOf) : 'set') },
  localIPs: {},
  dns: { usualOfScripts: { ttl: '5m', select: 'random', policy: 'preferIPv4' } },
  hosts: {},
  blacklistIPs: {},
  blockHostnames: {},
  userAgent: {},
  // Each hop of a redirect would be a request of its own: every test of ours follows none.
  maxRedirects: { usual: 0, usualOfScripts: 10 },
  batch: { usual: 20, usualOfScripts: 20 },
  batchPerHost: { usual: 6, usualOfScripts: 6 },
  rps: { usualOfScripts: 0 },
  minIterationDuration: { usualOfScripts: '0s' },
  // A user of ours keeps its cookies.
  noCookiesReset: { usual: true },
  // Of a test of ours only those are read that somebody looks at.
  discardResponseBodies: { usual: true },
  throw: {},
  httpDebug: {},
};

export const WORK_OPTION_NAMES: readonly string[] = Object.keys(WORK_OPTIONS);

/**
 * What of k6's options changes the work and is not as usual. Arguments, environment, configuration file and script are
 * alike: k6 consolidates them.
 * @param options as k6 consolidated them: `exec.test.options`, or what `k6 inspect --execution-requirements` prints
 *   (which leaves out the local addresses)
 */
export function k6OptionsOf(options: Readonly<Record<string, unknown>>): K6Options {
  return tell(options, (value, { usual }) => {
    const isUsual = value === usual || (isOff(value) && !(usual === true && value === false));
    return isUsual ? undefined : value;
  });
}

/** The same of a script of somebody else, where the usual is what k6 does by itself, written out or not. */
export function k6OptionsOfScript(options: Readonly<Record<string, unknown>>): K6Options {
  return tell(options, (value, { usualOfScripts }) => (isOff(value) ? undefined : unusual(value, usualOfScripts)));
}

/** @param unusualOf what of a value is not as usual, if any */
function tell(
  options: Readonly<Record<string, unknown>>,
  unusualOf: (value: unknown, option: WorkOption) => unknown,
): K6Options {
  const found = Object.entries(WORK_OPTIONS).flatMap(([name, option]) => {
    const value = unusualOf(options[name], option);
    if (value === undefined) return [];
    const plain = plainOf(option.told === undefined ? value : option.told(value));
    return plain === '' ? [] : [[name, plain] as const];
  });
  return Object.fromEntries(found);
}

/** Of an object, the members that are not as usual. */
function unusual(value: unknown, usual: unknown): unknown {
  if (value === usual) return undefined;
  if (typeof value !== 'object' || value === null || typeof usual !== 'object' || usual === null) return value;
  const members = usual as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(value).filter(([name, member]) => member !== members[name]));
}

/** `noConnectionReuse, localIPs 10.0.0.1-10.0.0.4`, for people. */
export function describeK6Options(options: K6Options): string {
  return Object.entries(options)
    .map(([name, value]) => (value === true ? name : `${name} ${value}`))
    .join(', ');
}

function isOff(value: unknown): boolean {
  return value === undefined || value === null || value === false || value === '';
}

function plainOf(value: unknown): string | number | boolean {
  return typeof value === 'number' || typeof value === 'boolean' ? value : textOf(value);
}

/** Lists and objects as one line, whatever the order of their keys; what is off in them is left out. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([, member]) => !isOff(member))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${key}=${textOf(member)}`)
    .join(', ');
}

function domainsOf(certificate: unknown): string {
  const { domains } = (certificate ?? {}) as { readonly domains?: readonly string[] | null };
  return `certificate for ${domains?.join(' ') || 'every host'}`;
}
