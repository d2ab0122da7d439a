import type { BypassWay } from '../../core/questions/rate-limit/limit-event.ts';
import type { Endpoint } from '../../core/spec/endpoint.ts';

/**
 * The endpoint as a way around its limit would call it, made anew for each attempt. A way has no variant where it would
 * be the ordinary request, and several where there are several methods to try.
 */
export function variantsFor(way: BypassWay, endpoint: Endpoint): (() => Endpoint)[] {
  const { path, method, otherMethods = [] } = endpoint;
  const withHeader = (name: string, value: () => string) => [
    () => ({ ...endpoint, headers: { ...endpoint.headers, [name]: value() } }),
  ];
  const withPath = (other: string) => (other === path ? [] : [() => ({ ...endpoint, path: other })]);
  const withMethods = (...others: Endpoint['method'][]) =>
    others.filter((other) => other !== method).map((other) => () => ({ ...endpoint, method: other }));
  switch (way) {
    case 'x-forwarded-for':
      return withHeader('X-Forwarded-For', anotherAddress);
    case 'x-real-ip':
      return withHeader('X-Real-IP', anotherAddress);
    case 'trailing-slash':
      return withPath(path.endsWith('/') ? path : `${path}/`);
    case 'double-slash':
      return withPath(`/${path}`);
    case 'upper-case':
      return withPath(path.toUpperCase());
    case 'percent-encoding':
      return withPath(encodeLastLetter(path));
    case 'head':
      return withMethods('HEAD');
    case 'options':
      return withMethods('OPTIONS');
    case 'other-methods':
      return withMethods(...otherMethods);
    case 'fresh-connection':
      return [() => endpoint];
  }
}

/** Addresses for documentation (RFC 5737), a new one for each attempt. */
function anotherAddress(): string {
  return `198.51.100.${1 + Math.floor(Math.random() * 254)}`;
}

/** `/api/stats` → `/api/stat%73`: the same path to who decodes it. */
function encodeLastLetter(path: string): string {
  return path.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}
