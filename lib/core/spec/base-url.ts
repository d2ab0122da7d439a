import { UserError } from './errors.ts';
import { canonicalHost, isLoopback } from './host.ts';
import { present } from './present.ts';

/** A target, split the same way for k6 and for the tool, so that both mean the same host. */
export interface BaseUrl {
  /** What requests are sent to, without credentials. Never ends in a slash. */
  readonly href: string;
  /**
   * `user:password` as the URL has them, decoded, for an `Authorization` header. k6 writes the URL of a request that
   * failed into its log, and hides no more of it than the password.
   */
  readonly credentials?: string;
  readonly protocol: 'http' | 'https';
  /** In its canonical form; an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number;
}

const SHAPE =
  /^(https?):\/\/(?:([^/@?#\s\\]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?(\/[^?#\s\\]*)?(\?[^#\s\\]*)?$/i;

/**
 * Reads BASE_URL, or another address that requests are sent to.
 * @param named what it was given as
 * @throws UserError unless it is an http(s) URL without query string and fragment; it says what is wrong with the URL
 * and repeats nothing of it
 */
export function parseBaseUrl(text: string, named = 'BASE_URL'): BaseUrl {
  const { path, query, ...address } = parseAddress(text, named);
  if (query !== '') throw noUrl(named, 'a URL with a query string');
  return { ...address, href: address.href + path.replace(/\/+$/, '') };
}

/** Reads the address of one page, which may have a query string. @throws UserError as parseBaseUrl */
export function parsePageUrl(text: string, named: string): BaseUrl {
  const { path, query, ...address } = parseAddress(text, named);
  return { ...address, href: address.href + path + query };
}

/** The href is without path and query. */
function parseAddress(text: string, named: string): BaseUrl & { readonly path: string; readonly query: string } {
  const [, scheme, credentials, hostText, portText, path = '', query = ''] = SHAPE.exec(text.trim()) ?? [];
  const protocol = scheme?.toLowerCase() === 'https' ? 'https' : 'http';
  const port = portText === undefined ? (protocol === 'https' ? 443 : 80) : Number(portText);
  if (hostText === undefined) throw noUrl(named, whatIsWrong(text.trim()));
  if (port < 1 || port > 65_535) throw noUrl(named, 'a URL with a port that there is not');
  const host = canonicalHost(hostText);
  if (host === undefined) {
    throw noUrl(named, 'a URL whose host is an address in an unusual form, which k6 and Node read differently');
  }
  return {
    href: `${protocol}://${host}${portText === undefined ? '' : `:${port}`}`,
    ...present({ credentials: credentials === undefined ? undefined : decoded(credentials) }),
    path,
    query,
    protocol,
    host,
    port,
  };
}

function noUrl(named: string, received: string): UserError {
  return new UserError({
    what: `${named} is not a URL that requests can be sent to.`,
    received,
    expected: `http:// or https://, a host, and optionally a port and a path, such as http://127.0.0.1:8000`,
  });
}

/** Never a part of the URL: what is misplaced may be a secret. */
function whatIsWrong(text: string): string {
  if (text === '') return 'nothing';
  if (/[^!-~]/.test(text)) return 'a URL with a space or another character that is to be encoded';
  if (!/^https?:\/\//i.test(text)) return 'a text that does not begin with http:// or https://';
  if (text.includes('#')) return 'a URL with a fragment (#)';
  if (text.includes('\\')) return 'a URL with a backslash';
  if (/^[^@]*@[^/]*@/.test(text)) return 'a URL with two @: one in a password is written %40';
  return 'a URL whose host or port is none';
}

/** Where a target is, for messages: a path can be a secret, as that of a webhook is. */
export function placeOf({ host, port }: Pick<BaseUrl, 'host' | 'port'>): string {
  return `${host}:${port}`;
}

/**
 * Load goes to this machine freely; any other host must have been named by the one who is responsible for it.
 * @param allowedHosts host names, or host:port
 * @param named what the address was given as
 * @param what is to be sent there
 * @throws UserError with the one line that would allow it
 */
export function requireConsent(
  target: BaseUrl,
  allowedHosts: readonly string[],
  named = 'BASE_URL',
  what: 'Load' | 'Asking for metrics' = 'Load',
): void {
  if (isLoopback(target.host)) return;
  if (isAllowedHost(target, allowedHosts)) return;
  throw new UserError({
    what: `${what === 'Load' ? `Load on ${target.host}` : `${what} at ${target.host}`} has not been allowed: a load test can take a service down.`,
    received: `${named} with that host, LOAD_ALLOW_HOSTS ${allowedHosts.length > 0 ? 'without it' : '(empty)'}`,
    expected: 'a host of this machine (127.0.0.1, localhost), or one that LOAD_ALLOW_HOSTS names',
    todo: `if you may load it: LOAD_ALLOW_HOSTS=${target.host}`,
  });
}

/** @param allowedHosts host names, or host:port */
export function isAllowedHost(target: Pick<BaseUrl, 'host' | 'port'>, allowedHosts: readonly string[]): boolean {
  return allowedHosts.map(canonicalPlace).some((allowed) => allowed === target.host || allowed === placeOf(target));
}

function canonicalPlace(allowed: string): string | undefined {
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(allowed) ?? [];
  const canonical = canonicalHost(host);
  return canonical === undefined || canonical === '' ? undefined : canonical + port;
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(credentials: string): string {
  try {
    return decodeURIComponent(credentials);
  } catch {
    return credentials;
  }
}
