import { type BaseUrl, isAllowedHost, placeOf } from '../../core/spec/base-url.ts';
import { UserError } from '../../core/spec/errors.ts';
import { canonicalHost, isLoopback } from '../../core/spec/host.ts';

/** A host that a script names, with the port that requests go to. */
export type NamedHost = Pick<BaseUrl, 'host' | 'port'>;

/** Only what is there as a whole: a host that is put together while the script runs is met later, by the record. */
const URLS =
  /\b(https?|wss?):\/\/(?:[^\s/@"'`\\<>]*@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?(?![\w.${%@-])/gi;

/** The hosts of the URLs in a text, each once. */
export function hostsIn(text: string): NamedHost[] {
  const found = [...text.matchAll(URLS)].map(([, scheme = '', host = '', port]) => ({
    // What readers take for different hosts is certainly not ours.
    host: canonicalHost(host) ?? host.toLowerCase(),
    port: port === undefined ? usualPort(scheme) : Number(port),
  }));
  return [...new Map(found.map((each) => [placeOf(each), each])).values()];
}

function usualPort(scheme: string): number {
  return /^(https|wss)$/i.test(scheme) ? 443 : 80;
}

/** Where a host of the script really is: k6's option `hosts`. */
export type HostMap = Readonly<Record<string, string>>;

/**
 * Hosts of a script that are this machine only because k6 is told so: loading them needs no consent.
 * @param mapped k6's option `hosts`, of a configuration file
 */
export function hostsMappedHere(hosts: readonly NamedHost[], mapped: HostMap): string[] {
  return hosts.filter((named) => !isLoopback(named.host) && isHere(named, mapped)).map(placeOf);
}

/**
 * Load goes to this machine freely; any other host that a script names must have been named by who is responsible.
 * @throws UserError that names all of them, and the one line that would allow them
 */
export function requireScriptConsent(
  hosts: readonly NamedHost[],
  mapped: HostMap,
  allowedHosts: readonly string[],
): void {
  const places = hosts
    .filter((named) => !isHere(named, mapped) && !isAllowedHost(named, allowedHosts))
    .map(({ host }) => host);
  const refused = [...new Set(places)].sort();
  if (refused.length === 0) return;
  throw new UserError({
    what: `Load on ${refused.join(', ')} has not been allowed: a load test can take a service down.`,
    received: `a script, BASE_URL or -e with ${refused.length === 1 ? 'that host' : 'those hosts'}, LOAD_ALLOW_HOSTS ${allowedHosts.length > 0 ? 'without' : '(empty)'}`,
    expected: 'hosts of this machine (127.0.0.1, localhost), or such that LOAD_ALLOW_HOSTS names',
    todo: `if you may load ${refused.length === 1 ? 'it' : 'them'}: LOAD_ALLOW_HOSTS=${[...allowedHosts, ...refused].join(',')}; a URL that is asked for nothing (a default, a namespace) is to be named as well`,
  });
}

function isHere(named: NamedHost, mapped: HostMap): boolean {
  const target = mappedTo(named, mapped);
  return isLoopback(target === undefined ? named.host : target);
}

/** As k6 looks it up: the host with its port, the host, a name with `*` before it. */
function mappedTo({ host, port }: NamedHost, mapped: HostMap): string | undefined {
  const plain = host.replace(/^\[|\]$/g, '');
  const names = [`${host}:${port}`, `${plain}:${port}`, host, plain];
  const exact = names.find((name) => Object.hasOwn(mapped, name));
  const key = exact ?? Object.keys(mapped).find((pattern) => names.some((name) => matches(name, pattern)));
  return key === undefined ? undefined : hostOf(mapped[key] ?? '');
}

function matches(name: string, pattern: string): boolean {
  return pattern.startsWith('*') && name.endsWith(pattern.slice(1).toLowerCase());
}

/** `127.0.0.1:8080` → `127.0.0.1`; an IPv6 address in brackets. */
function hostOf(address: string): string {
  if (/^\[/.test(address)) return canonicalHost(address.replace(/\]:\d+$/, ']')) ?? address;
  if (address.split(':').length > 2) return canonicalHost(`[${address}]`) ?? address;
  return canonicalHost(address.replace(/:\d+$/, '')) ?? address;
}
