import exec from 'k6/execution';
import type { LoadTest } from './load-test-definition.ts';
import type { Users } from './users.ts';

/** Where there is one stream alone, no iteration has to ask which one it is in. */
export function iterateOf(iterations: Users['iterations']): LoadTest['iterate'] {
  const [only, ...others] = Object.values(iterations);
  return only !== undefined && others.length === 0 ? only : (data) => iterations[exec.scenario.name]?.(data);
}
