import { takeDecisionsOver } from './decisions.ts';
import { iterateOf } from './iterate.ts';
import type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
import { expectUsually } from './request.ts';
import { usersOf } from './users.ts';

/** What a user of a test needs of it. The rest is asked of the copy that k6 reads: here it only has to be there. */
export function partOfUser(definition: LoadTestDefinition<string>): LoadTest {
  const test = takeDecisionsOver(definition);
  expectUsually(test.endpoints);
  return {
    options: {},
    setup: neverCalled,
    iterate: iterateOf(usersOf(test).iterations),
    teardown: neverCalled,
    handleSummary: neverCalled,
  };
}

function neverCalled(): never {
  throw new Error('k6 asked the copy of a user for what only its own copy has.');
}
