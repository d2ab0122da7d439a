import { expectLoadTest } from '../core/judge/expect-load-test.ts';
import { decodeRunOrder } from '../core/spec/run-order.ts';
import { parseSettings } from '../core/spec/settings.ts';
import { dayOf } from '../core/spec/waiver.ts';
import { MOST_REQUESTS_AT_REST } from './at-rest.ts';
import { judgedThresholds } from './judged-thresholds.ts';
import { lifecycleOf } from './lifecycle-of-test.ts';
import type { LoadTest, LoadTestDefinition } from './load-test-definition.ts';
import { meetInBundle } from './met-in-bundle.ts';
import { optionsOf } from './options-of-test.ts';
import { resolveTest } from './resolve-test.ts';
import { usersOf } from './users.ts';

const MEMBERS: Readonly<Record<keyof LoadTestDefinition<string>, true>> = {
  name: true,
  testId: true,
  purpose: true,
  endpoints: true,
  budgets: true,
  plans: true,
  warmUpSeconds: true,
  study: true,
  referenceBackend: true,
};

/**
 * Turns a definition and the settings in the environment into what k6 runs.
 * @throws UserError for a definition that is not what its type says, for settings that do not fit, or a target without consent
 */
export function defineLoadTest<const Id extends string>(definition: LoadTestDefinition<Id>): LoadTest {
  const read = (name: string) => __ENV[name];
  // k6 reads the options and the summary from one copy of the script, which has no user; the other copies, one for
  // each user, come through here too and need neither.
  const isReadByK6 = __VU === 0;
  if (isReadByK6) expectLoadTest(definition, Object.keys(MEMBERS));
  const test = resolveTest(definition, parseSettings(read), decodeRunOrder(read));
  const users = usersOf(test);
  const met = meetInBundle(users.study?.isNotMetAtRest === true ? [] : definition.endpoints);
  const thresholds = isReadByK6 ? judgedThresholds(test, users.study) : [];
  const options = isReadByK6
    ? optionsOf(test, users.study, {
        thresholds,
        today: dayOf(new Date()),
        mostRequestsAtRest: met.length * MOST_REQUESTS_AT_REST,
      })
    : {};
  return { options, ...lifecycleOf(test, users, thresholds, met) };
}
