import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { OWN_METRICS, stoppedAtTag } from '../../core/measure/k6-metrics.ts';
import { eachStream, journeyOf, type LoadShape } from '../../core/spec/load-shape.ts';
import type { Data } from '../data/data.ts';
import { failedIterations } from '../failed-iterations.ts';
import { journeysOfPlan, mixOf } from '../journeys-of-plan.ts';
import { pauseOf } from '../pause.ts';
import { type Ends, goThrough } from './go-through.ts';
import type { IterateJourneys, Journey, JourneysOfTest, UsersOfJourneys } from './journey-definition.ts';
import { picking } from './mix.ts';
import { type Notes, notesOf } from './notes.ts';
import { OneUser, pause } from './one-user.ts';
import { saysWhere } from './says-where.ts';
import { sendInGo, toldToGo } from './send-in-go.ts';
import { askedBy, Steps } from './steps.ts';
import type { Watching } from './watching.ts';

const stopped = new Counter(OWN_METRICS.journeyStopped);

/** What the users of a test of journeys do. @param watching of a question that looks at them */
export function beginJourneys(test: JourneysOfTest, watching?: Watching): UsersOfJourneys {
  const { plan, warmUp, definition } = test;
  const asked = askedBy(test);
  const going = { journeys: journeysOfPlan(definition, plan), mix: mixOf(definition) };
  const notes = notesOf(going.journeys);
  const streams = [...Object.keys(plan), ...Object.keys(warmUp)];
  const steps = toldToGo(new Steps(asked, 'endpoint', watching));
  const user = new OneUser(steps, {
    number: () => exec.vu.idInTest,
    rowOf: (data: Data) => data.rowFor({ user: exec.vu.idInTest, iteration: numberOfIteration(streams) }),
    think: pause,
    sendFor: sendInGo,
  });
  // Every user holds its steps: those of a warm-up only where there is one.
  const warmingUp = Object.keys(warmUp).length > 0 ? toldToGo(new Steps(asked, 'warm_up')) : steps;
  return {
    iterations: {
      ...eachStream(plan, (shape, stream) => {
        const begin = (journey: Journey) => {
          notes.get(journey)?.begun(1);
          watching?.begins(stream);
        };
        return iterationOf(going, shape, user, steps, countedEnds(user, pauseOf(shape), notes, watching), begin);
      }),
      ...eachStream(warmUp, (shape) => iterationOf(going, shape, user, warmingUp, uncountedEnds(user, pauseOf(shape)))),
    },
  };
}

/** k6 counts the iterations of each stream by themselves: here no two of them have one number. */
function numberOfIteration(streams: readonly string[]): number {
  const { name, iterationInTest } = exec.scenario;
  return iterationInTest * streams.length + Math.max(0, streams.indexOf(name));
}

interface Going {
  readonly journeys: readonly Journey[];
  readonly mix: Readonly<Record<string, number>>;
}

function iterationOf(
  { journeys, mix }: Going,
  shape: LoadShape,
  user: OneUser,
  steps: Steps,
  ends: Ends,
  begin?: (journey: Journey) => void,
): IterateJourneys {
  const own = journeyOf(shape);
  const pick = picking(journeys, own === undefined ? mix : { [own]: 1 });
  return (data) => {
    const journey = pick();
    begin?.(journey);
    return goThrough(user, journey, steps, data?.seeded, ends);
  };
}

type Pause = ReturnType<typeof pauseOf>;

function countedEnds(
  user: OneUser,
  pauseAfter: Pause,
  notes: ReadonlyMap<Journey, Notes>,
  watching: Watching | undefined,
): Ends {
  return {
    completed: (journey, startedAtMs) => {
      notes.get(journey)?.completed(Date.now() - startedAtMs);
      watching?.ended(true);
      pauseAfter?.(startedAtMs);
    },
    stopped: ({ name }, startedAtMs, { endpoint }) => {
      stopped.add(1, { stopped_at: stoppedAtTag(name, endpoint) });
      watching?.ended(false, endpoint);
      pauseAfter?.(startedAtMs);
    },
    failed: (journey, error) => {
      watching?.ended(false);
      failIteration(saysWhere(error, journey, user), { journey: journey.name });
    },
  };
}

/** A script that fails in its warm-up is broken as well. */
function uncountedEnds(user: OneUser, pauseAfter: Pause): Ends {
  const ended = (_: Journey, startedAtMs: number) => pauseAfter?.(startedAtMs);
  return {
    completed: ended,
    stopped: ended,
    failed: (journey, error) => failIteration(saysWhere(error, journey, user), { warm_up: journey.name }),
  };
}

function failIteration(error: Error, tags: Record<string, string>): never {
  failedIterations.add(1, tags);
  // k6 would start the next iteration at once: thousands of them a second, each with its line in the log.
  sleep(1);
  throw error;
}
