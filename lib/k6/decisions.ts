import { SharedArray } from 'k6/data';
import type { LoadTestDefinition } from './load-test-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';
import { endpointsOfRun } from './run-endpoint.ts';

/** What was decided of a test that is plain data: all but what its author wrote in code. */
type Decisions = Omit<ResolvedTest, 'definition' | 'endpoints'>;

/** So that users need not decide again what the copy that k6 reads has decided: each would hold all the code for it. */
export function handDecisionsOver({ definition, endpoints: _, ...decisions }: ResolvedTest): void {
  new SharedArray(nameOf(definition), () => [decisions satisfies Decisions]);
}

/** The test of `handDecisionsOver`, in the copy of a user. Its journeys know their endpoints themselves. */
export function takeDecisionsOver(definition: LoadTestDefinition<string>): ResolvedTest {
  const [decisions] = new SharedArray<Decisions>(nameOf(definition), () => {
    throw new Error(`The test "${definition.name}" was not decided before its users began.`);
  });
  if (decisions === undefined) throw new Error(`Nothing is decided of the test "${definition.name}".`);
  return {
    definition,
    ...decisions,
    endpoints: endpointsOfRun(decisions.settings, decisions.order, definition.endpoints ?? []),
  };
}

function nameOf({ name }: Pick<LoadTestDefinition<string>, 'name'>): string {
  return `k6-verdict: ${name}`;
}
