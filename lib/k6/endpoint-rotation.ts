import exec from 'k6/execution';
import type { LoadModel } from '../core/spec/load-shape.ts';

/**
 * Gives each endpoint its turn, so that all get the same number of requests. A user of a closed model goes round by
 * itself, each starting at another endpoint; arrivals of an open model are numbered over all users.
 * @returns what numbers the next one, from 0
 */
export function turnsOf(model: LoadModel, endpoints: number): () => number {
  if (model === 'open') return () => exec.scenario.iterationInTest % endpoints;
  // Every user has its own copy of this variable. k6's global __ITER would say the same, at a price.
  let turn = __VU;
  return () => {
    turn += 1;
    return turn % endpoints;
  };
}

/** The same, for what there is one of for each endpoint. */
export function takeTurns<T>(model: LoadModel, endpoints: readonly T[]): () => T {
  const nextTurn = turnsOf(model, endpoints.length);
  return () => endpoints[nextTurn()] as T;
}
