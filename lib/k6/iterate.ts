import exec from 'k6/execution';
import type { LoadTest } from './load-test-definition.ts';
import type { Users } from './users.ts';

/** Where there is one stream alone, no iteration has to ask which one it is in. */
export function iterateOf(iterations: Users['iterations']): LoadTest['iterate'] {
  const [only, ...others] = Object.values(iterations);
  if (only !== undefined && others.length === 0) return (data) => only(data?.seeded);
  return (data) => iterations[exec.scenario.name]?.(data?.seeded);
}
