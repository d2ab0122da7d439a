import type { RecoveryPlan } from '../../core/questions/recovery/answer.ts';
import { recovery as question } from '../../core/questions/recovery/index.ts';
import { UserError } from '../../core/spec/errors.ts';
import { expectNumbers, POSITIVE } from '../../core/spec/expect-plan.ts';
import { journeyOf, type Plan, plannedSeconds, stepsOf } from '../../core/spec/load-shape.ts';
import { present } from '../../core/spec/present.ts';
import { takeTurns } from '../endpoint-rotation.ts';
import { counterOf, iterationOf } from '../iteration.ts';
import type { Requester } from '../request.ts';
import { loadOf } from '../requests.ts';
import { longestTimeoutMs } from '../resolve-test.ts';
import { constantArrivals } from '../shapes.ts';
import { note, sinceStartMs } from './note.ts';
import { durationOf, probingJourneys } from './probing-journeys.ts';
import type { StudyDefinition } from './study-definition.ts';
import { WatchedUser } from './watched-user.ts';

const PROBE_STREAM = 'probes';

export interface RecoveryOptions {
  /** @default 10 */
  readonly probesPerSecond?: number;
  /** How long the service is watched after the overload. @default 30 */
  readonly watchSeconds?: number;
  /** The most users that send probes. @default one for every probe that may hang */
  readonly maxUsers?: number;
}

/**
 * Does it recover after overload, and how fast? For a plan of one stream of arrivals that is at 0 first, for as long
 * as the level before is measured, and then jumps to the overload. In a test of journeys both are journeys, and each
 * request of those that probe is a probe.
 */
export function recovery({ probesPerSecond = 10, watchSeconds = 30, maxUsers }: RecoveryOptions = {}): StudyDefinition {
  const numbers = { probesPerSecond: POSITIVE, watchSeconds: POSITIVE };
  expectNumbers('recovery()', { probesPerSecond, watchSeconds }, numbers);
  if (maxUsers !== undefined) expectNumbers('recovery()', { maxUsers }, { maxUsers: POSITIVE });
  return {
    ofJourneys: true,
    completePlan: (plan, { endpoints }) => ({
      ...plan,
      [PROBE_STREAM]: constantArrivals({
        ratePerSecond: probesPerSecond,
        durationSeconds: overloadOf(plan).toSeconds + watchSeconds,
        // A user for every probe that may hang: k6 drops an arrival for each user that it has to add.
        expectedLatencyMs: longestTimeoutMs(endpoints),
        // Probes are what is sent in the overload.
        ...present({ maxUsers, journey: Object.values(plan).map(journeyOf)[0] }),
      }),
    }),
    begin: ({ plan, requesters, definition }) => {
      const overload = overloadOf(plan);
      const study: RecoveryPlan = {
        kind: question.kind,
        overload,
        endSeconds: overload.toSeconds + watchSeconds,
        probesPerSecond,
        ...present({ areJourneys: definition.journeys && (true as const) }),
      };
      if (definition.journeys !== undefined) {
        const watching = new WatchedUser({ [PROBE_STREAM]: probingJourneys() });
        return { question, plan: study, watching, needsRecorder: true };
      }
      const probe = takeTurns('open', requesters.map(probeOf));
      const overloads = Object.entries(plan).filter(([stream]) => stream !== PROBE_STREAM);
      const requests = loadOf(requesters, false);
      return {
        question,
        plan: study,
        iterations: {
          ...Object.fromEntries(overloads.map(([stream, shape]) => [stream, iterationOf(shape, requests)])),
          [PROBE_STREAM]: () => probe()(),
        },
        needsRecorder: true,
      };
    },
  };
}

/** @throws UserError for a plan that has no overload after a quiet time */
function overloadOf(plan: Plan): RecoveryPlan['overload'] {
  const shapes = Object.entries(plan).flatMap(([stream, shape]) => (stream === PROBE_STREAM ? [] : [shape]));
  const [quiet, overload] = shapes.flatMap(stepsOf);
  const end = Math.max(...shapes.map((shape) => plannedSeconds(shape) ?? 0));
  if (quiet?.level !== 0 || overload === undefined) {
    throw new UserError({
      what: 'The plan of a recovery test has no overload after a quiet time.',
      expected:
        'one stream that is at 0 first, and then jumps: overload({ quietSeconds, ratePerSecond, durationSeconds })',
    });
  }
  return { fromSeconds: overload.startSeconds, toSeconds: end };
}

function probeOf(requester: Requester): () => void {
  const count = counterOf(requester);
  return () => {
    const sentAtMs = Date.now();
    const reply = requester.send();
    const ms = durationOf(reply, sentAtMs);
    const sentAtSeconds = sinceStartMs(sentAtMs) / 1000;
    note({ endpoint: requester.endpoint.id, sentAtSeconds, ms, outcome: count(reply) });
  };
}
