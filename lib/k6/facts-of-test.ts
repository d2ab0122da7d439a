import type { Threshold } from '../core/judge/threshold.ts';
import { type ExpectedLoad, expectedLoad } from '../core/spec/expected-load.ts';
import { expectedReplies } from '../core/spec/expected-replies.ts';
import { isSteady } from '../core/spec/load-shape.ts';
import { present } from '../core/spec/present.ts';
import { hrefsOf } from '../core/spec/server.ts';
import type { TestFacts } from '../core/spec/test-facts.ts';
import { variablesOfCredentials } from './auth/variables-of-credentials.ts';
import { secretsOf, usedUpBy } from './journeys/supplies.ts';
import { journeyFactsOf } from './journeys-of-plan.ts';
import type { StudyParts } from './questions/study-definition.ts';
import type { ResolvedTest } from './resolve-test.ts';
import { judgedAtEnd } from './thresholds.ts';

/** What the tool must know of a test before it runs: `k6 inspect` prints it. @param binding what can fail the run */
export function factsOf(
  { definition, servers, endpoints, planName, plan, warmUp, warmUpSeconds }: ResolvedTest,
  study: StudyParts | undefined,
  binding: readonly Threshold[] = [],
): TestFacts {
  const isSteadyThroughout = warmUpSeconds === 0 && Object.values(plan).every(isSteady);
  return present({
    plan: planName,
    limitWindowsSeconds: Object.fromEntries(
      endpoints.flatMap(({ id, rateLimit }) => (rateLimit === undefined ? [] : [[id, rateLimit.windowSeconds]])),
    ),
    expected: inTurn(expectedLoad(warmUp, endpoints.length), expectedLoad(plan, endpoints.length)),
    replies: definition.journeys === undefined ? expectedReplies(plan, endpoints) : undefined,
    isSteady: isSteadyThroughout ? (true as const) : undefined,
    servers: hrefsOf(servers),
    pathTemplates: unlessEmpty(endpoints.map(({ path }) => path).filter((path) => path.includes('{'))),
    secretVariables: unlessEmpty(variablesOfCredentials()),
    referenceBackend: definition.referenceBackend,
    study: study?.question.kind,
    journeys: journeyFactsOf(definition, plan)?.map(({ name }) => name),
    needsRecorder: definition.journeys === undefined ? study?.needsRecorder : true,
    secrets: unlessEmpty(secretsOf(definition, plan)),
    usesUp: unlessEmpty(usedUpBy(definition, plan)),
    clients: study?.clients,
    judgedAtEnd: unlessEmpty(judgedAtEnd(binding)),
  });
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function inTurn(first: ExpectedLoad, second: ExpectedLoad): ExpectedLoad {
  return { requests: first.requests + second.requests, seconds: first.seconds + second.seconds };
}
