import type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
import { partOfUser } from './part-of-user.ts';
import { wholeTest } from './whole-test.ts';

/**
 * Turns a definition and the settings in the environment into what k6 runs.
 * @throws UserError for a definition that is not what its type says, for settings that do not fit, or a target without consent
 */
export function defineLoadTest<const Id extends string, const JourneyName extends string = never>(
  definition: LoadTestDefinition<Id, JourneyName>,
): LoadTest {
  // Bundlers know which: they leave the other one out, with all that it needs.
  return typeof IS_COPY_OF_USER === 'undefined' ? wholeTest(definition) : partOfUser(definition);
}
