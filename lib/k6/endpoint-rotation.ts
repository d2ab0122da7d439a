import exec from 'k6/execution';
import type { LoadModel } from '../core/spec/load-shape.ts';

/**
 * Gives each endpoint its turn, so that all get the same number of requests. A user of a closed model goes round by
 * itself, each starting at another endpoint; arrivals of an open model are numbered over all users.
 */
export function takeTurns<T>(model: LoadModel, endpoints: readonly T[]): () => T {
  if (model === 'open') return () => endpoints[exec.scenario.iterationInTest % endpoints.length] as T;
  // Every user has its own copy of this variable. k6's global __ITER would say the same, at a price.
  let turn = __VU;
  return () => {
    turn += 1;
    return endpoints[turn % endpoints.length] as T;
  };
}
