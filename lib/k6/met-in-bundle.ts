import type { Endpoint } from '../core/spec/endpoint.ts';
import type { Servers } from '../core/spec/server.ts';

/** Endpoints that setup() meets at rest, and where those are that have a server of their own. */
export interface Met {
  readonly endpoints: readonly Endpoint[];
  readonly servers: Servers;
}

/**
 * The endpoints that the load tests of this bundle meet at rest, each once. The tool bundles the first part of a larger
 * test together with all the other parts, which it imports before it: so its setup() meets the endpoints of all of
 * them, before the first load. This module is the one thing that the scenarios of a bundle share.
 */
const metInBundle: Endpoint[] = [];
const serversInBundle: Record<string, Servers[string]> = {};

/** Adds the endpoints of one test. @returns them, after those of the tests that the bundle has imported before */
export function meetInBundle(endpoints: readonly Endpoint[], servers: Servers): Met {
  metInBundle.push(...endpoints.filter((endpoint) => !metInBundle.includes(endpoint)));
  Object.assign(serversInBundle, servers);
  return { endpoints: [...metInBundle], servers: { ...serversInBundle } };
}
