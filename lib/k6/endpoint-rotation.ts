import exec from 'k6/execution';
import type { LoadModel } from '../core/load-shape.ts';

/**
 * Gives each endpoint its turn, so that all get the same number of requests. A user of a closed model goes round by
 * itself, each starting at another endpoint; arrivals of an open model are numbered over all users.
 */
export function nextEndpoint<T>(model: LoadModel, endpoints: readonly T[]): () => T {
  const turn = model === 'closed' ? () => __VU + __ITER : () => exec.scenario.iterationInTest;
  return () => endpoints[turn() % endpoints.length] as T;
}
