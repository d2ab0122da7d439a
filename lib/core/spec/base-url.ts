import { UserError } from './errors.ts';
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
  /** Lower case; an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number;
}

const SHAPE =
  /^(https?):\/\/(?:([^/@?#\s\\]*)@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::(\d{1,5}))?(\/[^?#\s\\]*)?$/i;

/**
 * Reads BASE_URL, or another address that requests are sent to.
 * @param named what it was given as
 * @throws UserError unless it is an http(s) URL without query string and fragment.
 */
export function parseBaseUrl(text: string, named = 'BASE_URL'): BaseUrl {
  const [, scheme, credentials, host, portText, path] = SHAPE.exec(text.trim()) ?? [];
  const protocol = scheme?.toLowerCase() === 'https' ? 'https' : 'http';
  const port = portText === undefined ? (protocol === 'https' ? 443 : 80) : Number(portText);
  if (scheme === undefined || host === undefined || port < 1 || port > 65_535) {
    throw new UserError({
      what: `${named} is not a URL that requests can be sent to.`,
      received: JSON.stringify(withoutSecrets(text)),
      expected: 'http:// or https://, a host, and optionally a port and a path, such as http://127.0.0.1:8000',
    });
  }
  const authority = `${host.toLowerCase()}${portText === undefined ? '' : `:${port}`}`;
  const rest = (path ?? '').replace(/\/+$/, '');
  return {
    href: `${protocol}://${authority}${rest}`,
    ...present({ credentials: credentials === undefined ? undefined : decoded(credentials) }),
    protocol,
    host: host.toLowerCase(),
    port,
  };
}

/** Whether a host is this machine: 127.0.0.0/8, localhost or ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || isLoopbackAddress(host);
}

function isLoopbackAddress(host: string): boolean {
  const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1);
  return octets?.every((octet) => Number(octet) <= 255) ?? false;
}

/**
 * Load goes to this machine freely; any other host must have been named by the one who is responsible for it.
 * @param allowedHosts host names, or host:port
 * @param named what the address was given as
 * @throws UserError with the one line that would allow it
 */
export function requireConsent(target: BaseUrl, allowedHosts: readonly string[], named = 'BASE_URL'): void {
  const allowed = allowedHosts.map((host) => host.toLowerCase());
  if (isLoopback(target.host) || allowed.includes(target.host) || allowed.includes(`${target.host}:${target.port}`))
    return;
  throw new UserError({
    what: `Load on ${target.host} has not been allowed: a load test can take a service down.`,
    received: `${named} ${target.href}, LOAD_ALLOW_HOSTS ${allowedHosts.length > 0 ? allowedHosts.join(',') : '(empty)'}`,
    expected: 'a host of this machine (127.0.0.1, localhost), or one that LOAD_ALLOW_HOSTS names',
    todo: `if you may load it: LOAD_ALLOW_HOSTS=${target.host}`,
  });
}

/** A percent sign that encodes nothing stands for itself. */
function decoded(credentials: string): string {
  try {
    return decodeURIComponent(credentials);
  } catch {
    return credentials;
  }
}

/** Credentials, a query string and a fragment can hold secrets. */
function withoutSecrets(text: string): string {
  return text.replace(/^(\s*[a-z]+:\/\/)?[\s\S]*@/i, '$1***@').replace(/([?#])[\s\S]+$/, '$1***');
}
