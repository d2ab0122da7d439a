import { expectLoadTest } from '../core/judge/expect-load-test.ts';
import { decodeRunOrder } from '../core/spec/run-order.ts';
import { parseSettings } from '../core/spec/settings.ts';
import { dayOf } from '../core/spec/waiver.ts';
import { MOST_REQUESTS_AT_REST } from './at-rest.ts';
import { handDecisionsOver } from './decisions.ts';
import { expectSupplied } from './journeys/supplies.ts';
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
  journeys: true,
  mix: true,
  setup: true,
  teardown: true,
  budgets: true,
  plans: true,
  warmUpSeconds: true,
  study: true,
  referenceBackend: true,
};

/**
 * Everything that k6 asks of a test. k6 reads options and summary from one copy of the script, which has no user; in a
 * bundle of one copy, those of the users come through here too, and need neither.
 * @throws UserError as `defineLoadTest` does
 */
export function wholeTest(definition: LoadTestDefinition<string>): LoadTest {
  const read = (name: string) => __ENV[name];
  const isReadByK6 = __VU === 0;
  if (isReadByK6) expectLoadTest(definition, Object.keys(MEMBERS));
  const test = resolveTest(definition, parseSettings(read), decodeRunOrder(read), read);
  if (isReadByK6) expectSupplied(test);
  handDecisionsOver(test);
  const users = usersOf(test);
  const met = meetInBundle(users.study?.isNotMetAtRest === true ? [] : (definition.endpoints ?? []), test.servers);
  const thresholds = isReadByK6 ? judgedThresholds(test, users.study) : [];
  const options = isReadByK6
    ? optionsOf(test, users.study, {
        thresholds,
        today: dayOf(new Date()),
        mostRequestsAtRest: met.endpoints.length * MOST_REQUESTS_AT_REST,
      })
    : {};
  return { options, ...lifecycleOf(test, users, thresholds, met) };
}
