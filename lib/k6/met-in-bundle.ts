import type { Endpoint } from '../core/endpoint.ts';

/**
 * The endpoints that the load tests of this bundle meet at rest, each once. The tool bundles the first part of a larger
 * test together with all the other parts, which it imports before it: so its setup() meets the endpoints of all of
 * them, before the first load. This module is the one thing that the scenarios of a bundle share.
 */
const metInBundle: Endpoint[] = [];

/** Adds the endpoints of one test. @returns them, after those of the tests that the bundle has imported before */
export function meetInBundle(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  metInBundle.push(...endpoints.filter((endpoint) => !metInBundle.includes(endpoint)));
  return [...metInBundle];
}
